from dataclasses import fields

import pytest

from placements.disclosure import SEEN, SeenPerson, Stage, seen_by_group, stage
from placements.models import Application
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

#: What a group sees of a person who told us everything, in each state.
FIRST_NAME = {"name": "Demo-First"}
ASKING = {
    **FIRST_NAME,
    "area": "Greenhill",
    "availability": 7,
    "message": "MESSAGE",
    "dbs_check": "Enhanced check",
    "support_needs": "NEEDS",
}
PLACED = {**ASKING, "name": "Demo-First Demo-Last"}
SHARED = {"email": "canary@example.org", "phone": "020 7946 0999"}
FIELD_MATRIX = {
    "submitted": ASKING,
    "acknowledged": ASKING,
    "invited": ASKING,
    "offered": ASKING,
    "accepted": PLACED,
    "started": PLACED,
    "ended": FIRST_NAME,
    "declined": FIRST_NAME,
    "withdrawn": FIRST_NAME,
    "lapsed": FIRST_NAME,
}


def application_of_somebody(state="submitted", **kwargs):
    told = {
        "volunteer__user__first_name": "Demo-First",
        "volunteer__user__last_name": "Demo-Last",
        "volunteer__user__email": "canary@example.org",
        "volunteer__user__phone": "020 7946 0999",
        "volunteer__ward_code": "E05013546",
        "volunteer__postcode": "HA1 2AA",
        "volunteer__availability": 7,
        "volunteer__dbs_level": "enhanced",
        "volunteer__support_needs": "NEEDS",
        "volunteer__share_support_needs": True,
        "opportunity__dbs_level": "enhanced",
        "message": "MESSAGE",
    }
    application = ApplicationFactory(state=state, **(told | kwargs))
    application.volunteer.ward_code = "E05013546"
    return application


def filled(person):
    return {
        field.name: getattr(person, field.name)
        for field in fields(SeenPerson)
        if getattr(person, field.name)
    }


@pytest.mark.parametrize("state", Application.State.values)
def test_what_a_group_sees_grows_and_goes_with_the_state(state):
    assert filled(seen_by_group(application_of_somebody(state))) == FIELD_MATRIX[state]


@pytest.mark.parametrize("state", Application.State.values)
@pytest.mark.parametrize("what", SHARED)
def test_how_to_reach_somebody_is_seen_while_they_share_it(state, what):
    application = application_of_somebody(state, **{f"share_{what}": True})

    expected = FIELD_MATRIX[state]
    if expected != FIRST_NAME:
        expected = expected | {what: SHARED[what]}
    assert filled(seen_by_group(application)) == expected


def test_every_field_is_declared_for_some_stage():
    declared = set().union(*SEEN.values())

    assert declared == {field.name for field in fields(SeenPerson)}
    assert set(SEEN) == set(Stage)


@pytest.mark.parametrize("state", Application.State.values)
def test_support_needs_stay_private_unless_shared(state):
    application = application_of_somebody(state, volunteer__share_support_needs=False)

    assert seen_by_group(application).support_needs == ""


def test_the_dbs_check_is_seen_only_where_the_role_needs_one():
    application = application_of_somebody(opportunity__dbs_level="none")

    assert seen_by_group(application).dbs_check == ""


@pytest.mark.parametrize(
    ("willing", "words"), [(True, "Would have one"), (False, "Would rather not have one")]
)
def test_who_has_no_check_says_whether_they_would_have_one(willing, words):
    application = application_of_somebody(
        volunteer__dbs_level="none", volunteer__willing_dbs=willing
    )

    assert seen_by_group(application).dbs_check == words


def test_somebody_without_a_first_name_is_a_volunteer():
    application = application_of_somebody(volunteer__user__first_name="")

    assert seen_by_group(application).name == "A volunteer"


def test_an_offer_that_was_not_taken_up_shows_no_address():
    assert stage(application_of_somebody("offered")) == Stage.ASKING
