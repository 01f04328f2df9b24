import pytest

from core.models import Fact
from equality.models import EqualityAnswers
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/me/equality/"


@pytest.fixture
def person(client):
    person = VolunteerFactory().user
    client.force_login(person)
    return person


def test_the_page_explains_before_it_asks(client, person):
    words = text_of(client.get(PAGE))

    assert words.index("All of these are optional.") < words.index("How old are you?")
    assert "They are never used to find or rank roles for you." in words
    assert "Delete all my answers" not in words


def test_answers_are_kept_and_shown_again(client, person):
    client.post(PAGE, {"age_band": "25_44", "sex": "prefer_not"})

    kept = EqualityAnswers.objects.get(user=person)
    assert (kept.age_band, kept.sex, kept.religion) == ("25_44", "prefer_not", "")
    page = client.get(PAGE)
    assert 'value="25_44"\n               checked' in page.content.decode()
    assert "Delete all my answers" in text_of(page)


def test_answers_start_no_new_ranking(client, person):
    Fact.objects.all().delete()

    client.post(PAGE, {"ethnic_group": "asian"})

    assert not Fact.objects.exists()


def test_an_invented_answer_is_refused(client, person):
    assert client.post(PAGE, {"sex": "invented"}).status_code == 200
    assert not EqualityAnswers.objects.exists()


def test_deleting_asks_once_more_and_leaves_nothing(client, person):
    client.post(PAGE, {"age_band": "25_44"})
    other = EqualityAnswers.objects.create(user=UserFactory(), sex="female")

    client.get("/me/equality/delete/")
    assert EqualityAnswers.objects.count() == 2
    response = client.post("/me/equality/deleted/", follow=True)

    assert "Your answers are deleted." in text_of(response)
    assert EqualityAnswers.objects.get() == other
    assert '25_44"\n               checked' not in client.get(PAGE).content.decode()
