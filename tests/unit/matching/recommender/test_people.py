"""A person's list follows their profile, the roles, and nothing else."""

from datetime import timedelta

import pytest

from core.clock import now
from core.outbox.leases import LeaseLostError
from equality.models import EqualityAnswers
from matching import recommender
from matching.models import Fit, Recommendation
from matching.recommender import people
from matching.recommender.items import LIST_LENGTH, PersonalList
from opportunities.models import Opportunity
from opportunities.services import roles as role_services
from tests.factories.core import lease_on, lose
from tests.factories.matching import borough
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


def list_of(person: Volunteer) -> list[int]:
    row = Recommendation.objects.get(volunteer=person)
    ids = PersonalList.stored(row).role_ids.tolist()
    assert row.role_ids == ("," + ",".join(map(str, ids)) + "," if ids else "")
    return ids


@pytest.fixture
def reading() -> Opportunity:
    return OpportunityFactory(
        title="Read with children", description="Listen to children read.", causes=["schools"]
    )


@pytest.fixture
def planting() -> Opportunity:
    return OpportunityFactory(
        title="Plant trees",
        description="Plant trees and clear paths in the park.",
        causes=["trees-nature-and-wildlife"],
    )


def test_different_people_get_different_orders(reading, planting, refresh) -> None:
    reader = VolunteerFactory(about="I love reading with children.")
    planter = VolunteerFactory(about="Trees and parks.", causes=["trees-nature-and-wildlife"])
    refresh(reader)
    refresh(planter)
    assert list_of(reader) == [reading.pk, planting.pk]
    assert list_of(planter) == [planting.pk, reading.pk]


def test_item_says_what_made_it(reading, refresh) -> None:
    person = VolunteerFactory(causes=["schools"])
    refresh(person)
    item = PersonalList.stored(Recommendation.objects.get(volunteer=person)).item(0)
    assert sum(item["parts"].values()) == pytest.approx(item["score"], abs=0.001)
    causes = next(r for r in item["reasons"] if r["code"] == "shared_causes")
    assert causes["detail"] == ["schools"]
    assert causes["value"] == item["parts"]["causes"]


def test_edited_profile_changes_the_list(reading, planting, refresh) -> None:
    person = VolunteerFactory(about="I love reading with children.")
    refresh(person)
    profiles.update(volunteer=person, by=person.user, about="Trees, parks, paths.")
    refresh(person)
    assert list_of(person)[0] == planting.pk


def test_tag_that_is_taken_away_takes_its_reason_along(reading, refresh) -> None:
    person = VolunteerFactory(causes=["schools"])
    refresh(person)
    profiles.update(volunteer=person, by=person.user, causes=[])
    refresh(person)
    item = PersonalList.stored(Recommendation.objects.get(volunteer=person)).item(0)
    assert "shared_causes" not in {reason["code"] for reason in item["reasons"]}


def test_counts_say_which_rule_alone_keeps_roles_out(refresh) -> None:
    OpportunityFactory(postcode="TW1 1AA", title="Far away")
    OpportunityFactory(from_home=True, postcode="")
    person = VolunteerFactory(travel_miles=2, helps_from_home=False)
    refresh(person)
    counts = Recommendation.objects.get(volunteer=person).counts
    assert counts["possible"] == 0
    assert counts["kept_out"] == {"way_of_helping": 1, "distance": 1}
    assert ["from_home", -1, 1, 2] in counts["changes"]


def test_long_list_ends_at_its_threshold(refresh) -> None:
    borough(people=0, roles=LIST_LENGTH + 30)
    Opportunity.objects.update(
        commitment="regular", minimum_age=16, maximum_age=None, from_home=False, weekly_slots=0
    )
    person = VolunteerFactory(travel_miles=None, about="gardening reading children")
    refresh(person)
    row = Recommendation.objects.get(volunteer=person)
    assert row.counts["possible"] > LIST_LENGTH
    scores = PersonalList.stored(row).scores
    assert len(scores) == LIST_LENGTH
    assert row.threshold == scores[-1]


@pytest.mark.parametrize("how", ["paused", "inactive"])
def test_paused_and_inactive_people_have_an_empty_list(reading, refresh, how: str) -> None:
    person = VolunteerFactory()
    refresh(person)
    assert list_of(person) == [reading.pk]
    if how == "paused":
        profiles.pause(volunteer=person, by=person.user)
    else:
        person.user.is_active = False
        person.user.save()
    refresh(person)
    assert list_of(person) == []


def test_resumed_person_has_a_list_again(reading, refresh) -> None:
    person = VolunteerFactory(paused_at=now())
    refresh(person)
    assert list_of(person) == []
    profiles.resume(volunteer=person, by=person.user)
    refresh(person)
    assert list_of(person) == [reading.pk]


def test_person_who_is_gone_is_no_error(refresh) -> None:
    person = VolunteerFactory()
    lease = lease_on("profile.changed", person.pk)
    Volunteer.objects.all().delete()
    recommender.refresh_volunteer(lease.subject_id, lease)
    assert not Recommendation.objects.exists()


def test_done_twice_is_done_once(reading, planting, refresh) -> None:
    person = VolunteerFactory(about="trees")
    rows = []
    for _ in range(2):
        refresh(person)
        rows.append(
            Recommendation.objects.values(
                "pk", "scores", "why", "counts", "role_ids", "threshold", "model_version"
            ).get()
        )
    assert rows[0] == rows[1]


def test_lost_lease_writes_nothing(reading) -> None:
    asked = ApplicationFactory(opportunity=reading)
    lease = lease_on("profile.changed", asked.volunteer_id)
    lose(lease)
    with pytest.raises(LeaseLostError):
        recommender.refresh_volunteer(asked.volunteer_id, lease)
    assert not Recommendation.objects.exists()
    assert not Fit.objects.exists()


def test_profile_that_changed_meanwhile_is_left_to_its_own_job(reading, refresh) -> None:
    person, other = VolunteerFactory(), VolunteerFactory()
    prepared = people.prepare(Volunteer.objects.all())
    profiles.update(volunteer=person, by=person.user, travel_miles=1, postcode="TW1 1AA")
    people.write(prepared)
    assert not Recommendation.objects.filter(volunteer=person).exists()
    assert list_of(other) == [reading.pk]


def test_person_who_paused_meanwhile_gets_an_empty_list(reading) -> None:
    person = VolunteerFactory()
    prepared = people.prepare(Volunteer.objects.all())
    profiles.pause(volunteer=person, by=person.user)
    people.write(prepared)
    assert list_of(person) == []


def test_roles_that_changed_meanwhile_are_taken_in(reading, planting) -> None:
    closing = OpportunityFactory(title="Closes soon")
    person = VolunteerFactory(about="Sorting food for the food bank.")
    prepared = people.prepare(Volunteer.objects.all())
    assert len(prepared.lists[person.pk].role_ids) == 3
    role_services.close(opportunity=closing, by=None)
    opened = OpportunityFactory(title="Sort food", description="Sorting food at the food bank.")
    role_services.update(opportunity=planting, by=None, minimum_age=90)
    people.write(prepared)
    assert list_of(person) == [opened.pk, reading.pk]


def test_equality_answers_change_nothing(rank_all) -> None:
    made = borough(people=20, roles=30)

    def rankings() -> list[tuple]:
        rank_all()
        rows = Recommendation.objects.order_by("volunteer").values_list(
            "volunteer", "scores", "why", "counts", "threshold", "role_ids", "model_version"
        )
        return [(*row,) for row in rows]

    for person in made.people:
        EqualityAnswers.objects.create(user=person.user, sex="female", religion="hindu")
    before = rankings()
    changed = EqualityAnswers.objects.update(
        age_band="80_over",
        disability="yes_lot",
        ethnic_group="other",
        sex="male",
        gender_same="different",
        religion="jain",
        orientation="bi",
    )
    assert changed == 20
    assert rankings() == before
    EqualityAnswers.objects.all().delete()
    assert rankings() == before


def test_fits_of_roles_they_asked_for_follow_the_profile(refresh) -> None:
    role = OpportunityFactory(causes=["animals"], closed=True)
    asked = ApplicationFactory(opportunity=role, volunteer__causes=["animals"])
    answered = ApplicationFactory(volunteer=asked.volunteer, state="declined")
    refresh(asked.volunteer)
    fit = Fit.objects.get()
    assert fit.opportunity == role
    assert "shared_causes" in {reason["code"] for reason in fit.item["reasons"]}
    profiles.update(volunteer=asked.volunteer, by=None, causes=[])
    refresh(asked.volunteer)
    fit.refresh_from_db()
    assert "shared_causes" not in {reason["code"] for reason in fit.item["reasons"]}
    assert not Fit.objects.filter(opportunity=answered.opportunity).exists()


def test_list_is_as_of_when_it_was_read(reading) -> None:
    VolunteerFactory()
    began = now()
    prepared = people.prepare(Volunteer.objects.all())
    assert began <= prepared.snapshot.at <= now() + timedelta(seconds=1)
    people.write(prepared)
    assert Recommendation.objects.get().computed_at == prepared.snapshot.at


def test_queries_for_one_edit(django_assert_max_num_queries, refresh) -> None:
    made = borough(people=2, roles=40)
    refresh(made.people[0])
    lease = lease_on("profile.changed", made.people[1].pk)
    # PostgreSQL takes one more, to copy rows in.
    with django_assert_max_num_queries(21):
        recommender.refresh_volunteer(made.people[1].pk, lease)
