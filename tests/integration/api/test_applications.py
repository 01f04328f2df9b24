from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from core import clock
from core.models import Activity, Fact
from matching import recommender
from matching.models import Impression
from notifications.models import Notification
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from placements.states import Move, Mover, State
from tests.factories.core import lease_on
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.answers import errors
from tests.integration.api.cast import client_of

pytestmark = pytest.mark.django_db

LIST = "/api/v1/applications/"
MOVES = {
    Move.ACKNOWLEDGE: {},
    Move.INVITE: {"words": "Come and see us."},
    Move.OFFER: {},
    Move.ACCEPT: {},
    Move.TAKE_UP: {},
    Move.START: {},
    Move.END: {"reason": "finished"},
    Move.DECLINE: {"reason": "no_place", "words": "Thank you for asking."},
    Move.WITHDRAW: {"reason": "no_time"},
}


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def role(membership) -> Opportunity:
    return OpportunityFactory(organisation=membership.organisation, title="Helper")


@pytest.fixture
def person():
    return VolunteerFactory(
        user__first_name="Demo",
        user__last_name="Volunteer-0001",
        user__email="demo.volunteer.0001@example.org",
        user__phone="07700 900001",
        support_needs="I use a wheelchair.",
        share_support_needs=True,
    )


def address(application: Application, move: Move | None = None) -> str:
    return f"{LIST}{application.pk}/" + (f"{move.value.replace('_', '-')}/" if move else "")


# -- applying --------------------------------------------------------------------------------------


def test_person_applies_once(person, role, membership):
    client = client_of(person.user)
    answer = client.post(LIST, {"opportunity": role.pk, "message": "I can help."})
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert said["state"] == "submitted"
    assert said["message"] == "I can help."
    assert said["opportunity"] == {
        "id": role.pk,
        "title": "Helper",
        "organisation": {"id": role.organisation_id, "name": role.organisation.name},
    }
    assert said["moves"] == ["withdraw"]
    assert said["person"] is None
    application = Application.objects.get()
    assert AuditEntry.objects.about(application).get().actor == person.user
    assert Fact.objects.filter(kind="application.changed", subject_id=application.pk).exists()
    assert Notification.objects.filter(recipient=membership.user).exists()
    impression = Impression.objects.get()
    assert (impression.event, impression.surface) == ("applied", "api")

    again = client.post(LIST, {"opportunity": role.pk})
    assert again.status_code == 409
    assert errors(again) == {None: "not_applied_before"}
    role.refresh_from_db()
    assert role.applications_pending == 1


@pytest.mark.parametrize(
    ("made", "status", "code"),
    [
        ({"full": True}, 409, "role_open"),
        ({"closes_on": clock.today() - timedelta(days=1)}, 409, "role_open"),
        ({"minimum_age": 60}, 403, "age"),
        ({"applications_pending": 50}, 409, "pending_cap"),
        ({"draft": True}, 404, "not_found"),
        ({"closed": True}, 404, "not_found"),
        ({"organisation__unverified": True}, 404, "not_found"),
        ({"organisation__suspended": True}, 404, "not_found"),
    ],
)
def test_closed_gate_says_why_and_nothing_is_changed(person, made, status, code):
    role = OpportunityFactory(**made)
    answer = client_of(person.user).post(LIST, {"opportunity": role.pk})
    assert answer.status_code == status
    assert errors(answer) == {None: code}
    assert not Application.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not Impression.objects.exists()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, {"opportunity": "required"}),
        ({"opportunity": "x"}, {"opportunity": "invalid"}),
        ({"opportunity": 0}, {"opportunity": "min_value"}),
        ({"opportunity": 1, "message": "x" * 1501}, {"message": "max_length"}),
        ({"opportunity": 1, "state": "accepted"}, {"state": "unknown_field"}),
    ],
)
def test_wrong_fields_are_said(person, sent, expected):
    answer = client_of(person.user).post(LIST, sent)
    assert answer.status_code == 400
    assert errors(answer) == expected


@pytest.mark.parametrize("number", [999_999, 10**15, 10**30])
def test_role_that_is_not_there_is_not_found(person, number):
    assert client_of(person.user).post(LIST, {"opportunity": number}).status_code == 404


# -- moves -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", State)
def test_every_move_from_every_state(person, role, membership, state, move):
    application = ApplicationFactory(volunteer=person, opportunity=role, state=state)
    movers = states.movers(move)
    right, wrong = client_of(membership.user), client_of(person.user)
    if Mover.GROUP not in movers:
        right, wrong = wrong, right
    if not {Mover.GROUP, Mover.VOLUNTEER} <= movers:
        refused = wrong.post(address(application, move), MOVES[move])
        assert refused.status_code == 403
        assert errors(refused) == {None: "other_side"}
    before = Opportunity.objects.values().get(pk=role.pk)

    answer = right.post(address(application, move), MOVES[move])
    target = states.target(state, move)
    application.refresh_from_db()
    if target is None:
        assert answer.status_code == 409
        assert errors(answer) == {None: "wrong_state"}
        assert application.state == state
        assert Opportunity.objects.values().get(pk=role.pk) == before
        assert not AuditEntry.objects.exists()
        assert not Fact.objects.exists()
    else:
        assert answer.status_code == 200, answer.json()
        assert answer.json()["state"] == application.state == target
        entry = AuditEntry.objects.about(application).get()
        assert entry.details["from"] == state


def test_moves_that_are_open_are_said_and_work(person, role, membership):
    application = ApplicationFactory(volunteer=person, opportunity=role)
    group, own = client_of(membership.user), client_of(person.user)
    said = group.get(address(application)).json()["moves"]
    assert said == ["acknowledge", "invite", "offer", "accept", "decline"]
    assert group.post(f"{LIST}{application.pk}/offer/").json()["moves"] == ["decline"]
    assert own.get(address(application)).json()["moves"] == ["take-up", "withdraw"]
    assert own.post(f"{LIST}{application.pk}/take-up/").json()["moves"] == [
        "start",
        "end",
        "withdraw",
    ]
    assert group.post(f"{LIST}{application.pk}/start/").json()["moves"] == ["end"]


def test_the_person_says_whether_they_look_again_and_the_group_cannot(person, role, membership):
    for number, (user, waits) in enumerate([(person.user, False), (membership.user, True)]):
        own_role = role if not number else OpportunityFactory(organisation=role.organisation)
        application = ApplicationFactory(volunteer=person, opportunity=own_role, state="started")
        person.waiting_since = None
        person.save()
        sent = {"reason": "no_time", "looks_again": False}
        assert client_of(user).post(f"{LIST}{application.pk}/end/", sent).status_code == 200
        person.refresh_from_db()
        assert (person.waiting_since is not None) == waits


def test_last_place_is_given_once(role, membership):
    Opportunity.objects.filter(pk=role.pk).update(places=1)
    first, second = ApplicationFactory.create_batch(2, opportunity=role)
    group = client_of(membership.user)
    assert group.post(address(first, Move.ACCEPT)).status_code == 200
    answer = group.post(address(second, Move.ACCEPT))
    assert answer.status_code == 409
    assert errors(answer) == {None: "no_place_left"}


@pytest.mark.parametrize(
    ("move", "sent", "expected"),
    [
        (Move.DECLINE, {}, {"reason": "required"}),
        (Move.DECLINE, {"reason": "no_time"}, {"reason": "invalid_choice"}),
        (Move.DECLINE, {"reason": ""}, {"reason": "invalid_choice"}),
        (Move.INVITE, {"words": "x" * 1501}, {"words": "max_length"}),
        (Move.ACCEPT, {"reason": "other"}, {"reason": "unknown_field"}),
        (Move.ACKNOWLEDGE, {"words": "Hello"}, {"words": "unknown_field"}),
    ],
)
def test_wrong_words_of_a_move_are_said_and_nothing_moves(role, membership, move, sent, expected):
    application = ApplicationFactory(opportunity=role)
    answer = client_of(membership.user).post(address(application, move), sent)
    assert answer.status_code == 400
    assert errors(answer) == expected
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


# -- what a group sees of a person -----------------------------------------------------------------

#: Each thing a group may see, and the states in which it does.
WAITING = {State.SUBMITTED, State.ACKNOWLEDGED, State.INVITED, State.OFFERED}
SEEN_IN = {
    "Demo": set(State),
    "I can help.": WAITING | states.PLACED,
    "Volunteer-0001": states.PLACED,
    # The person shares the phone number, not the email address.
    "demo.volunteer.0001@example.org": frozenset(),
    "07700 900001": frozenset(State) - states.FINAL,
    "I use a wheelchair.": WAITING | states.PLACED,
}


@pytest.mark.parametrize("state", State)
def test_group_sees_more_with_a_place_and_little_once_it_is_over(person, role, membership, state):
    application = ApplicationFactory(
        volunteer=person, opportunity=role, state=state, message="I can help.", share_phone=True
    )
    group = client_of(membership.user)
    one = group.get(address(application)).content.decode()
    many = group.get(LIST, {"opportunity": role.pk}).content.decode()
    for text, seen_in in SEEN_IN.items():
        assert (text in one) == (state in seen_in), text
        assert (text in many) == (state in seen_in), text
    # The person's exact place and age are nobody's business.
    for hidden in (person.postcode, str(person.date_of_birth), str(person.latitude)):
        assert hidden not in one


def test_support_needs_that_are_not_shared_stay_with_the_person(person, role, membership):
    person.share_support_needs = False
    person.save()
    application = ApplicationFactory(volunteer=person, opportunity=role, state=State.ACCEPTED)
    answer = client_of(membership.user).get(address(application))
    assert "wheelchair" not in answer.content.decode()


def test_before_somebody_applies_their_group_to_be_sees_nothing(person, role, membership):
    answer = client_of(membership.user).get(LIST, {"opportunity": role.pk})
    assert answer.json()["results"] == []


# -- lists -----------------------------------------------------------------------------------------


def test_people_see_their_own_and_groups_those_of_their_roles(person, role, membership):
    own = ApplicationFactory(volunteer=person, opportunity=role)
    elsewhere = ApplicationFactory(volunteer=person, state=State.WITHDRAWN)
    of_other = ApplicationFactory(opportunity=role, state=State.DECLINED)
    mine, group = client_of(person.user), client_of(membership.user)

    def ids(client, **asked) -> list[int]:
        return [one["id"] for one in client.get(LIST, asked).json()["results"]]

    assert ids(mine) == [elsewhere.pk, own.pk]
    assert ids(mine, state="withdrawn") == [elsewhere.pk]
    assert ids(group) == []
    assert ids(group, opportunity=role.pk) == [own.pk, of_other.pk]
    assert ids(group, opportunity=role.pk, state="declined") == [of_other.pk]
    assert ids(group, opportunity=role.pk, page_size=1, page=2) == [of_other.pk]


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ({"opportunity": "x"}, 400, {"opportunity": "invalid"}),
        ({"opportunity": "0"}, 400, {"opportunity": "min_value"}),
        ({"opportunity": "999999"}, 404, {None: "not_found"}),
        ({"opportunity": "9" * 30}, 404, {None: "not_found"}),
        ({"state": "gone"}, 400, {"state": "invalid_choice"}),
        ({"volunteer": "1"}, 400, {"volunteer": "unknown_parameter"}),
    ],
)
def test_parameters_that_are_wrong_are_said(person, asked, status, expected):
    answer = client_of(person.user).get(LIST, asked)
    assert answer.status_code == status
    assert errors(answer) == expected


@pytest.mark.parametrize("side", ["person", "group"])
def test_number_of_queries_does_not_grow_with_the_applications(person, role, membership, side):
    client = client_of(person.user if side == "person" else membership.user)
    asked = {"page_size": 50} | ({"opportunity": role.pk} if side == "group" else {})

    def read() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST, asked).json()["count"]
        return len(queries)

    def add(count: int) -> None:
        given = {"volunteer": person} if side == "person" else {"opportunity": role}
        ApplicationFactory.create_batch(count, **given)

    add(1)
    of_one = read()
    add(19)
    assert read() == of_one <= 7


# -- why it suits them -----------------------------------------------------------------------------


def test_group_reads_why_the_role_suits_the_person_until_it_is_over(role, membership):
    Opportunity.objects.get(pk=role.pk).activities.set(Activity.objects.filter(code="cooking"))
    cook = VolunteerFactory(activities=["cooking"])
    application = ApplicationFactory(volunteer=cook, opportunity=role)
    recommender.refresh_application(application.pk, lease_on("application.changed", application.pk))
    group, own = client_of(membership.user), client_of(cook.user)

    def reasons() -> list[str]:
        one = group.get(address(application)).json()
        (listed,) = group.get(LIST, {"opportunity": role.pk}).json()["results"]
        assert one["reasons"] == listed["reasons"]
        return one["reasons"]

    assert any("cook" in reason for reason in reasons())
    assert own.get(address(application)).json()["reasons"] == []
    group.post(address(application, Move.DECLINE), MOVES[Move.DECLINE])
    assert reasons() == []
