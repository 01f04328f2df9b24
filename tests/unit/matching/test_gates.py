"""The gates that the ranking computes for everybody at once are the gates at the door."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import now, today
from core.dbs import DbsLevel
from matching import datasets
from matching.ranking.eligibility import RULES, Kind, evaluate
from matching.recommender import rules
from opportunities.models import Opportunity, Organisation
from placements import policies
from placements.models import Application, Block
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

DAY = today()
#: Ages around every limit, and birthdays around today.
births = st.one_of(
    st.none(),
    st.builds(
        lambda years, days: (
            date(DAY.year - years, DAY.month, min(DAY.day, 28)) + timedelta(days=days)
        ),
        st.sampled_from([13, 14, 15, 16, 17, 18, 19, 25, 26, 60, 90]),
        st.integers(-2, 2),
    ),
)
moments = st.sampled_from([None, now() - timedelta(days=3)])
people = st.fixed_dictionaries({"date_of_birth": births, "parent_confirmed_at": moments})
statuses = st.sampled_from(Opportunity.Status.values)


@st.composite
def roles(draw: st.DrawFn) -> dict:
    places = draw(st.integers(1, 4))
    minimum = draw(st.sampled_from([0, 13, 16, 18]))
    return {
        "places": places,
        "places_taken": draw(st.integers(0, places)),
        "applications_pending": draw(st.integers(0, 14)),
        "minimum_age": minimum,
        "maximum_age": draw(st.sampled_from([None, 18, 25])),
        "dbs_level": draw(st.sampled_from(DbsLevel.values)),
        "status": draw(statuses),
        "published_at": now(),
        "catching_up_since": draw(moments),
        "closes_on": draw(st.sampled_from([None, -1, 0, 1]).map(_day)),
    }


def _day(days: int | None) -> date | None:
    return None if days is None else DAY + timedelta(days=days)


#: Earlier applications, which are over, and perhaps one that is not, or got a no.
over = st.tuples(
    st.sampled_from(["withdrawn", "lapsed", "ended"]), st.sampled_from(["", "group_ended"])
)
under_way = st.tuples(st.sampled_from(["submitted", "accepted", "declined"]), st.just(""))
applications = st.builds(
    lambda before, last: before + last,
    st.lists(over, max_size=2),
    st.lists(under_way, max_size=1),
)
blocks = st.sets(st.sampled_from(["volunteer", "group"]))
groups = st.fixed_dictionaries({"verified_at": moments, "suspended_at": moments})


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(person=people, role=roles(), group=groups, applied=applications, blocked=blocks)
def test_vectorised_gates_equal_the_gates_at_the_door(
    pair: tuple[Volunteer, Opportunity],
    person: dict,
    role: dict,
    group: dict,
    applied: list[tuple[str, str]],
    blocked: set[str],
) -> None:
    volunteer, opportunity = pair
    Volunteer.objects.filter(pk=volunteer.pk).update(**person)
    Opportunity.objects.filter(pk=opportunity.pk).update(**role)
    Organisation.objects.filter(pk=opportunity.organisation_id).update(**group)
    Application.objects.all().delete()
    for state, reason in applied:
        Application.objects.create(
            volunteer=volunteer,
            opportunity=opportunity,
            state=state,
            reason=reason,
            state_since=now(),
        )
    Block.objects.all().delete()
    for side in blocked:
        Block.objects.create(
            volunteer=volunteer, organisation_id=opportunity.organisation_id, side=side
        )

    tags = datasets.tags()
    people_columns = datasets.volunteers(Volunteer.objects.all(), tags).columns
    role_columns = datasets.roles(Opportunity.objects.all(), tags).columns
    outcomes = evaluate(
        people_columns,
        role_columns,
        datasets.applied(people_columns, role_columns, at_the_door=True),
        rules.at_the_door(tags),
    )
    failed = [code for code in outcomes.failed_codes() if code not in rules.FIT_RULES]

    volunteer = Volunteer.objects.get()
    opportunity = Opportunity.objects.select_related("organisation").get()
    closed = policies.closed_gates(policies.door(volunteer, opportunity))
    assert failed == [gate.code for gate in closed]


@pytest.fixture
def pair() -> tuple[Volunteer, Opportunity]:
    return VolunteerFactory(), OpportunityFactory()


def test_both_know_the_same_gates() -> None:
    vectorised = [rule.code for rule in RULES if rule.kind is Kind.GATE]
    assert vectorised == [gate.code for gate in policies.GATES]


def test_lists_are_made_without_the_cap_on_people_who_wait() -> None:
    OpportunityFactory(places=1, applications_pending=50)
    VolunteerFactory()
    tags = datasets.tags()
    people_columns = datasets.volunteers(Volunteer.objects.all(), tags).columns
    role_columns = datasets.roles(Opportunity.objects.all(), tags).columns
    nobody = datasets.applied(people_columns, role_columns)
    at_the_door = evaluate(people_columns, role_columns, nobody, rules.at_the_door(tags))
    for_lists = evaluate(people_columns, role_columns, nobody, rules.for_lists(tags))
    assert at_the_door.failed_codes() == ("pending_cap",)
    assert for_lists.failed_codes() == ()


def test_lists_leave_out_what_somebody_ever_asked_for() -> None:
    left = ApplicationFactory(state="withdrawn")
    ApplicationFactory(state="ended", volunteer=left.volunteer, opportunity=left.opportunity)
    tags = datasets.tags()
    people_columns = datasets.volunteers(Volunteer.objects.all(), tags).columns
    role_columns = datasets.roles(Opportunity.objects.all(), tags).columns
    asked = datasets.applied(people_columns, role_columns)
    for_lists = evaluate(people_columns, role_columns, asked, rules.for_lists(tags))
    assert for_lists.failed_codes() == ("not_applied_before",)
    in_the_way = datasets.applied(people_columns, role_columns, at_the_door=True)
    at_the_door = evaluate(people_columns, role_columns, in_the_way, rules.at_the_door(tags))
    assert at_the_door.failed_codes() == ()
