import pytest

from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

TWO = [("en-gb", "English"), ("pl", "Polski")]


def test_with_one_language_there_is_nothing_to_choose(client, settings):
    settings.LANGUAGES = TWO[:1]
    assert 'name="language"' not in client.get("/about/").content.decode()


def test_a_chosen_language_is_kept_in_the_browser_and_with_the_account(client, settings):
    settings.LANGUAGES = TWO
    page = client.get("/about/").content.decode()
    assert (
        '<button type="submit" class="hv-link-button" name="language" value="pl" lang="pl"' in page
    )
    person = VolunteerFactory().user
    client.force_login(person)

    answer = client.post("/language/", {"language": "pl", "next": "/about/"})

    assert answer["Location"] == "/about/"
    person.refresh_from_db()
    assert person.preferred_language == "pl"
    shown = client.get("/about/").content.decode()
    assert '<html class="govuk-template" lang="pl" dir="ltr">' in shown
    assert "To tłumaczenie przygotował wstępnie komputer." in shown
    assert ">English</button>" in shown


@pytest.mark.parametrize("language", ["", "xx", "de"])
def test_a_language_that_is_not_offered_changes_nothing(client, language):
    answer = client.post("/language/", {"language": language, "next": "https://example.com/"})
    assert answer["Location"] == "/"
    assert not answer.cookies


def test_what_is_no_address_to_go_back_to_is_no_failure(client):
    answer = client.post("/language/", {"language": "pl", "next": "somewhere"})
    assert (answer.status_code, answer["Location"]) == (302, "somewhere")


def lang_of(answer):
    return answer.content.decode().split('lang="')[1].split('"')[0]


def test_after_signing_in_on_a_new_browser_pages_are_in_the_persons_language(client):
    person = VolunteerFactory(user__preferred_language="gu").user
    assert lang_of(client.get("/about/")) == "en-gb"
    client.force_login(person)
    answer = client.get("/about/")
    assert lang_of(answer) == "gu"
    assert answer["Content-Language"] == "gu"
    client.logout()
    assert lang_of(client.get("/about/")) == "en-gb", "nothing of it stays in the browser"


def test_what_was_chosen_in_this_browser_wins(client, settings):
    client.force_login(VolunteerFactory(user__preferred_language="gu").user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pl"
    assert lang_of(client.get("/about/")) == "pl"


@pytest.mark.parametrize("language", ["", "xx"])
def test_without_a_language_of_theirs_the_browser_says_which(client, language):
    client.force_login(VolunteerFactory(user__preferred_language=language).user)
    assert lang_of(client.get("/about/", headers={"accept-language": "ta"})) == "ta"
