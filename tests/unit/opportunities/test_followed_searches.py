"""Searches followed by mail without an account: nothing before a yes, nothing after a stop."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import translation

from accounts.models import AuditEntry, User
from core import personal_data
from core.clock import now
from core.errors import InvalidInput, NotFound
from core.models.fact import Fact
from core.outbox.leases import LeaseLostError
from notifications.models import SentMail
from opportunities.models import SavedSearch, SavedSearchRole
from opportunities.search.criteria import SearchCriteria
from opportunities.services import followed_searches, saved_searches, search_index
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on, lose
from tests.factories.opportunities import OpportunityFactory, SavedSearchFactory

pytestmark = pytest.mark.django_db
ADDRESS = "new@example.org"


def follow(**changes: Any) -> SavedSearch | None:
    asked = {
        "email": "New@Example.org ",
        "name": "Gardens",
        "criteria": SearchCriteria(),
        "address": "q=garden",
        "alerts": "now",
    }
    followed_searches.follow(**(asked | changes))
    return SavedSearch.objects.filter(user=None).last()


def followed(**fields: Any) -> SavedSearch:
    """A confirmed one."""
    return SavedSearchFactory(
        **{"user": None, "email": ADDRESS, "confirmed_at": now(), "alerts": "now"} | fields
    )


def account(verified: bool = True) -> User:
    person = UserFactory(email=ADDRESS)
    EmailAddress.objects.create(user=person, email=ADDRESS, verified=verified, primary=True)
    return person


def new_role(search: SavedSearch) -> None:
    role = OpportunityFactory(title="Weed beds")
    search_index.write([role.pk])
    saved_searches.follow_role(role.pk)


def tell(search: SavedSearch) -> int:
    return followed_searches.tell(search.pk, lease_on("search.alert", search.pk))


def ask(search: SavedSearch) -> bool:
    return followed_searches.ask_to_confirm(search.pk, lease_on("search.followed", search.pk))


def test_an_address_gets_one_mail_that_asks_and_nothing_else_before_a_yes() -> None:
    search = follow()
    assert search is not None
    assert search.email == ADDRESS
    assert Fact.objects.get(kind="search.followed").subject_id == search.pk
    assert ask(search)
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert f"/follow/{followed_searches.token_for(search)}/\n" in sent.body
    assert "“Gardens”" in sent.body
    assert "delete your address after 7 days" in sent.body
    new_role(search)
    assert tell(search) == 0
    assert not SavedSearchRole.objects.exists()
    assert len(mail.outbox) == 1


def test_after_a_yes_new_roles_are_mailed_once_with_a_button_that_stops_it() -> None:
    search = follow()
    assert search is not None
    followed_searches.confirm(search=search)
    assert AuditEntry.objects.get(action="search.followed").details == {"alerts": "now"}
    new_role(search)
    assert Fact.objects.filter(kind="search.alert", subject_id=search.pk).exists()
    assert saved_searches.tell(search.pk) == 0, "that is for people with an account"
    assert [tell(search) for __ in range(3)] == [1, 0, 0]
    (sent,) = mail.outbox
    assert sent.subject == "1 new role: Gardens"
    assert "Weed beds" in sent.body
    stop = f"/follow/{followed_searches.token_for(search)}/stop/"
    assert sent.extra_headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = sent.alternatives[0][0]
    for said in (sent.body, html):
        assert stop in said
        assert "We keep your address and what you look for" in said
        assert "We do not write to it again" not in said


def test_mails_are_in_the_language_of_the_page_on_which_it_was_asked() -> None:
    with translation.override("gu"):
        search = follow()
    assert search is not None
    followed_searches.confirm(search=search)
    new_role(search)
    tell(search)
    assert "નવી ભૂમિકા" in mail.outbox[0].subject


def test_a_worker_that_lost_its_lease_mails_and_marks_nothing() -> None:
    search = followed()
    new_role(search)
    held = lease_on("search.alert", search.pk)
    lose(held)
    with pytest.raises(LeaseLostError):
        followed_searches.tell(search.pk, held)
    assert not mail.outbox
    assert tell(search) == 1


def test_in_quiet_hours_it_waits(settings: Any) -> None:
    search = followed()
    new_role(search)
    settings.QUIET_HOURS = "00:00-23:59"
    Fact.objects.all().delete()
    assert tell(search) == 0
    assert Fact.objects.filter(kind="search.alert", not_before__gt=now()).exists()


def test_asked_again_it_is_asked_again_and_what_is_followed_stays_as_it_is() -> None:
    search = follow()
    follow(alerts="weekly")
    assert SavedSearch.objects.get().alerts == "weekly"
    assert search is not None
    followed_searches.confirm(search=search)
    Fact.objects.all().delete()
    follow(alerts="daily")
    assert SavedSearch.objects.get().alerts == "weekly"
    assert not Fact.objects.exists()


def test_no_more_than_five_by_one_address() -> None:
    for number in range(7):
        follow(address=f"q={number}")
    assert SavedSearch.objects.count() == followed_searches.MOST_EACH
    follow(email="other@example.org")
    assert SavedSearch.objects.count() == followed_searches.MOST_EACH + 1


@pytest.mark.parametrize("changes", [{"email": "no address"}, {"alerts": "hourly"}])
def test_what_is_wrong_is_said(changes: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as wrong:
        follow(**changes)
    assert set(wrong.value.fields) == set(changes)


def test_an_address_with_an_account_is_asked_alike_and_then_the_search_is_the_accounts() -> None:
    person = account()
    search = follow()
    assert search is not None
    assert ask(search)
    assert person.saved_searches.count() == 0
    followed_searches.confirm(search=search)
    moved = person.saved_searches.get()
    assert (moved.pk, moved.email, moved.alerts) == (search.pk, "", "now")
    with pytest.raises(NotFound):
        followed_searches.search_of(followed_searches.token_for(search))


def test_an_account_that_has_not_shown_that_the_address_is_its_own_gets_nothing() -> None:
    person = account(verified=False)
    search = follow()
    assert search is not None
    followed_searches.confirm(search=search)
    assert person.saved_searches.count() == 0
    assert followed_searches.adopt(user=person, email="NEW@example.org") == 1
    assert person.saved_searches.count() == 1


def test_what_nobody_confirmed_is_not_adopted() -> None:
    follow()
    assert followed_searches.adopt(user=account(), email=ADDRESS) == 0


def test_the_link_deletes_all_that_is_kept_about_the_address_and_no_other() -> None:
    search = followed()
    followed(address="q=second")
    other = followed(email="other@example.org")
    new_role(search)
    for address in (ADDRESS, other.email):
        SentMail.objects.create(message_id=address, sender="s", recipients=[address], subject="s")
    followed_searches.delete_all(search=search)
    assert SavedSearch.objects.get() == other
    assert SavedSearchRole.objects.get().search == other
    assert SentMail.objects.get().recipients == [other.email]


def test_addresses_without_an_answer_and_stopped_ones_are_deleted_after_a_week() -> None:
    waiting, stopped = follow(), followed(alerts="never", address="q=1")
    young = followed(alerts="never", address="q=2")
    kept = followed(address="q=3")
    mine = SavedSearchFactory(alerts="never")
    old = now() - timedelta(days=8)
    SavedSearch.objects.exclude(pk=young.pk).update(created_at=old, updated_at=old)
    assert followed_searches.forget() == 2
    assert set(SavedSearch.objects.all()) == {young, kept, mine}
    assert {waiting, stopped}.isdisjoint(SavedSearch.objects.all())
    assert followed_searches.forget() == 0


def test_what_an_address_follows_is_exported_and_erased_with_its_account() -> None:
    person = account()
    followed()
    other = followed(email="other@example.org")
    assert len(personal_data.export(person)["opportunities.SavedSearch"]) == 1
    personal_data.erase(person)
    assert SavedSearch.objects.get() == other
