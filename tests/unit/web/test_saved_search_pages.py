import pytest

from opportunities.models import SavedSearch
from opportunities.services import saved_searches
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import SavedSearchFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of

pytestmark = pytest.mark.django_db


def test_the_search_on_the_page_is_saved_under_a_name_made_of_its_parts(client):
    page = client.get("/roles/", {"q": "garden", "day": "mon", "view": "map"})
    address = "/me/searches/new/?q=garden&day=mon&view=map"
    assert address.replace("&", "&amp;") in page.content.decode()
    person = VolunteerFactory(postcode="HA1 1AA").user
    client.force_login(person)

    question = client.get(address)
    assert question.context["form"].initial == {"name": "garden, Monday", "alerts": "daily"}
    done = client.post(address, {"name": "Mondays", "alerts": "weekly"}, follow=True)

    search = person.saved_searches.get()
    assert (search.name, search.alerts, search.address) == ("Mondays", "weekly", "q=garden&day=mon")
    assert search.asked["slots"] == 0b111
    assert "Mondays" in text_of(done)
    assert 'href="/roles/?q=garden&amp;day=mon"' in done.content.decode()


def test_a_name_is_asked_for(client):
    client.force_login(UserFactory())
    page = client.post("/me/searches/new/?q=garden", {"name": "", "alerts": "now"})

    assert error_links(page) == {"Give the search a name.": "id_name"}
    assert not SavedSearch.objects.exists()


def test_a_search_is_changed_and_deleted(client):
    search = SavedSearchFactory()
    client.force_login(search.user)

    client.post(f"/me/searches/{search.pk}/", {"name": "Other", "alerts": "never"})
    search.refresh_from_db()
    assert (search.name, search.alerts) == ("Other", "never")

    page = client.post(f"/me/searches/{search.pk}/delete/", follow=True)
    assert "You have not saved a search yet." in text_of(page)
    assert not SavedSearch.objects.exists()


def test_deleting_a_search_can_be_undone_once(client):
    search = SavedSearchFactory(name="Digging", alerts="weekly", address="q=garden&day=mon")
    client.force_login(search.user)
    page = client.post(f"/me/searches/{search.pk}/delete/", follow=True)
    assert "“Digging” is deleted." in text_of(page)
    again = "/me/searches/new/?q=garden&day=mon"
    assert f'action="{again.replace("&", "&amp;")}"' in page.content.decode()

    client.post(again, {"name": "Digging", "alerts": "weekly"})

    kept = search.user.saved_searches.get()
    assert (kept.name, kept.alerts, kept.address) == ("Digging", "weekly", "q=garden&day=mon")
    assert kept.asked["slots"] == 0b111
    assert "is deleted" not in text_of(client.get("/me/searches/"))


def test_somebody_elses_search_is_not_there(client):
    search = SavedSearchFactory()
    client.force_login(UserFactory())

    assert client.get(f"/me/searches/{search.pk}/").status_code == 404
    assert client.post(f"/me/searches/{search.pk}/delete/").status_code == 404
    assert search.name not in text_of(client.get("/me/searches/"))


def test_link_in_the_mail_asks_then_stops_and_can_be_taken_back_without_signing_in(client):
    search = SavedSearchFactory(alerts="weekly")
    address = f"/searches/{saved_searches.token_for(search)}/"

    assert "Stop these messages" in text_of(client.get(address))
    search.refresh_from_db()
    assert search.alerts == "weekly"

    stopped = client.post(address, {"alerts": "never"})
    search.refresh_from_db()
    assert search.alerts == "never"
    assert "We have stopped these messages" in text_of(stopped)
    assert 'name="alerts" value="weekly"' in stopped.content.decode()

    client.post(address, {"alerts": "weekly"})
    search.refresh_from_db()
    assert search.alerts == "weekly"
    assert client.get("/searches/1:forged/").status_code == 404
    assert list(error_links(client.post(address, {"alerts": "x"})).values()) == ["id_alerts"]
