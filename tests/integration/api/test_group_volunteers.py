"""A group's people: who comes, who was there, the code at the door, hours, the waiting list."""

import pytest

from core.clock import now, today
from placements.check_in import code_of
from placements.models import Attendance, HoursEntry
from placements.occasions import Occasion
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db


def of_role(cast, rest=""):
    return f"/api/v1/opportunities/{cast.placed.opportunity_id}/{rest}"


def of_group(cast, rest=""):
    return f"/api/v1/organisations/{cast.group.pk}/{rest}"


def test_group_sees_who_has_a_place_as_far_as_they_show_themselves(full_cast):
    (one,) = full_cast["member"].get(of_role(full_cast, "volunteers/")).json()["results"]
    assert one["application"] == full_cast.placed.pk
    assert one["person"]["name"] == "Demo Volunteer 0001"
    assert (one["person"]["email"], one["person"]["phone"]) == ("", "")
    assert (one["hours_confirmed"], one["hours_open"], one["next_time"]) == (2, 2, None)


def test_group_says_who_was_there_and_it_confirms_their_hours(full_cast):
    HoursEntry.objects.all().delete()
    address = of_role(full_cast, f"times/{today()}/")
    shown = full_cast["member"].get(address).json()
    assert shown["has_begun"]
    assert [(one["application"], one["state"]) for one in shown["people"]] == [
        (full_cast.placed.pk, "")
    ]
    sent = {"people": [{"application": full_cast.placed.pk, "state": "attended"}], "hours": 2}
    said = full_cast["member"].post(address, sent).json()
    assert [(one["state"], one["how"]) for one in said["people"]] == [("attended", "group")]
    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.state) == (120, "confirmed")


def test_nothing_is_said_of_a_time_that_has_not_begun(full_cast):
    tomorrow = today().replace(year=today().year + 1)
    sent = {"people": [{"application": full_cast.placed.pk, "state": "attended"}]}
    answer = full_cast["member"].post(of_role(full_cast, f"times/{tomorrow}/"), sent)
    assert answer.status_code == 409
    assert errors(answer) == {None: "not_begun"}
    assert not Attendance.objects.exists()


def test_people_of_another_role_are_left_alone(full_cast):
    other = ApplicationFactory(state="accepted")
    sent = {"people": [{"application": other.pk, "state": "no_show"}]}
    answer = full_cast["member"].post(of_role(full_cast, f"times/{today()}/"), sent)
    assert answer.status_code == 200
    assert not Attendance.objects.exists()


def test_code_at_the_door_is_the_one_that_people_type(full_cast):
    said = full_cast["member"].get(of_role(full_cast, f"times/{today()}/check-in/")).json()
    assert said["code"] == code_of(Occasion(full_cast.placed.opportunity, today()))
    assert said["opens_at"] < said["closes_at"]


def test_times_of_a_role_are_its_sessions(full_cast):
    role = OpportunityFactory(organisation=full_cast.group)
    session = role.sessions.create(starts_at=now(), ends_at=now().replace(year=now().year + 1))
    address = f"/api/v1/opportunities/{role.pk}/times/"
    said = full_cast["member"].get(address).json()
    assert [one["code"] for one in said["ahead"]] == [str(session.pk)]
    assert said["lately"] == []  # nobody had a place to be there
    ApplicationFactory(opportunity=role, state="accepted")
    said = full_cast["member"].get(address).json()
    assert [one["code"] for one in said["lately"]] == [str(session.pk)]


def test_group_that_is_stopped_sees_nobody(full_cast):
    full_cast.group.suspended_at = now()
    full_cast.group.save()
    for address in (
        of_role(full_cast, "volunteers/"),
        of_role(full_cast, f"times/{today()}/"),
        of_group(full_cast, "hours/"),
        of_group(full_cast, "answering/"),
    ):
        answer = full_cast["member"].get(address)
        assert answer.status_code == 403, address
        assert errors(answer) == {None: "group_stopped"}


# -- hours -----------------------------------------------------------------------------------------


def test_group_confirms_hours_in_bulk_as_it_saw_them(full_cast):
    asis = full_cast.things["hours"]
    less, changed = (HoursEntryFactory(application=full_cast.placed) for _ in range(2))
    foreign = HoursEntryFactory()
    sent = {
        "entries": [
            {"id": asis.pk, "seen": 2},
            {"id": less.pk, "seen": 2, "hours": 1.5},
            {"id": changed.pk, "seen": 3},
            {"id": foreign.pk, "seen": 2},
        ]
    }
    said = full_cast["member"].post(of_group(full_cast, "hours/confirm/"), sent).json()
    assert said == {"confirmed": 2, "changed_meanwhile": 2}
    for entry in (asis, less, changed, foreign):
        entry.refresh_from_db()
    assert [one.state for one in (asis, less, changed, foreign)] == [
        *["confirmed"] * 2,
        *["logged"] * 2,
    ]
    assert less.minutes == 90
    (left,) = full_cast["member"].get(of_group(full_cast, "hours/")).json()["results"]
    assert (left["id"], left["name"]) == (changed.pk, "Demo Volunteer 0001")


def test_hours_that_cannot_be_confirm_nothing(full_cast):
    asis = full_cast.things["hours"]
    other = HoursEntryFactory(application=full_cast.placed)
    sent = {"entries": [{"id": asis.pk, "seen": 2}, {"id": other.pk, "seen": 2, "hours": 16}]}
    answer = full_cast["member"].post(of_group(full_cast, "hours/confirm/"), sent)
    assert answer.status_code == 400
    asis.refresh_from_db()
    assert asis.state == "logged"


def test_group_asks_about_hours_and_writes_some_down(full_cast):
    asked = of_group(full_cast, f"hours/{full_cast.things['hours'].pk}/ask/")
    said = full_cast["member"].post(asked, {"words": "Was it two?"}).json()
    assert (said["state"], said["question"], said["questioned_by"]) == (
        "questioned",
        "Was it two?",
        "group",
    )
    sent = {"application": full_cast.placed.pk, "day": str(today()), "hours": 1}
    made = full_cast["member"].post(of_group(full_cast, "hours/"), sent)
    assert (made.status_code, made.json()["state"]) == (201, "confirmed")
    foreign = ApplicationFactory(state="accepted")
    sent["application"] = foreign.pk
    assert full_cast["member"].post(of_group(full_cast, "hours/"), sent).status_code == 404


# -- the waiting list, what keeps the group from more, how it answers ------------------------------


def test_group_reads_how_many_wait_and_says_who_decides(full_cast):
    offer = full_cast.things["offer"]
    address = f"/api/v1/opportunities/{offer.opportunity_id}/waiting-list/"
    said = full_cast["member"].get(address).json()
    assert said["waiting"] == 0
    assert len(said["kept_until"]) == 1
    for choice in (False, True):
        said = full_cast["member"].put(address, {"takes_from_waiting_list": choice}).json()
        assert said["takes_from_waiting_list"] is choice


def test_group_says_changes_and_ends_a_limit(full_cast):
    client, address = full_cast["member"], of_group(full_cast, "limits/")
    sent = {
        "reason": "training",
        "cost_pounds": 300,
        "opportunity": full_cast.role.pk,
        "more_people": 4,
        "words": "A trainer.",
        "words_may_be_shown": True,
    }
    made = client.post(address, sent)
    assert made.status_code == 201, made.json()
    one = f"{address}{made.json()['id']}/"
    changed = client.put(one, {"cost_pounds": 200, "words": "A course."}).json()
    assert (changed["cost_pounds"], changed["words"]) == (200, "A course.")
    assert changed["opportunity"] == full_cast.role.pk
    assert client.post(f"{one}end/").json()["ended_at"]
    assert client.put(one, {"words": "Again."}).status_code == 409
    assert [one["reason"] for one in client.get(address).json()["results"]] == ["premises"]


def test_limit_is_not_said_of_another_groups_role(full_cast):
    sent = {"reason": "training", "opportunity": OpportunityFactory().pk}
    assert full_cast["member"].post(of_group(full_cast, "limits/"), sent).status_code == 404


def test_group_reads_who_waits_for_its_word(full_cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        said = full_cast["member"].get(of_group(full_cast, "answering/")).json()
    first = said["roles"][0]
    assert (first["title"], first["waiting"]) == ("Helper", 1)
    # Whose answer is on its way does not wait.
    assert [role["waiting"] for role in said["roles"] if role["title"] == "Asked"] == [0]
    assert (said["answered_share"], said["unanswered_too_long"]) == (None, 0)
