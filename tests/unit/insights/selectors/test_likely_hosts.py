"""What is said of groups that could be asked to take a role on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.places import postcodes
from core.places.wards import WARDS
from insights.proposed_roles import ProposedRole
from insights.selectors.likely_hosts import LikelyHost, hosts_shown
from opportunities.models import Organisation
from tests.factories.insights import CountedPeopleFactory, ProspectusFactory
from tests.factories.opportunities import OrganisationFactory

pytestmark = pytest.mark.django_db

PINNER, EDGWARE = (
    next(ward for ward in WARDS if ward.name == name) for name in ("Pinner", "Edgware")
)
ROLE = ProposedRole("gardening", "saturday", PINNER.code)
PARTS = {"work": 0.30, "cause": 0.25, "near": 0.05, "answers": 0.1, "room": 0.05, "going": 0.0}


def group(ward: Any = PINNER, **fields: Any) -> Organisation:
    made: Organisation = OrganisationFactory(postcode=postcodes.in_ward(ward.code)[0].postcode)
    Organisation.objects.filter(pk=made.pk).update(**fields)
    return made


def shown(group: Organisation, role: ProposedRole = ROLE, **kept: Any) -> LikelyHost:
    ((found,),) = hosts_shown([(role, [{"group": group.pk, "parts": PARTS, **kept}])])
    return found


def test_how_far_it_is_in_whole_miles() -> None:
    assert shown(group()).miles in (0, 1)
    far = shown(group(EDGWARE)).miles
    assert far is not None
    assert 4 <= far <= 7


def test_no_miles_from_home_or_where_its_place_is_not_known() -> None:
    assert shown(group(), ProposedRole("gardening", "saturday", "")).miles is None
    assert shown(group(latitude=None, longitude=None)).miles is None


@pytest.mark.parametrize(("median", "said"), [(None, None), (0.2, 1), (3.4, 3)])
def test_within_how_many_days_half_get_an_answer(median: float | None, said: int | None) -> None:
    assert shown(group(median_answer_days=median)).answer_days == said


def test_when_it_was_last_told_of_people_who_want_this() -> None:
    one = group()
    assert shown(one).told_on is None
    about = CountedPeopleFactory(activity="gardening")
    for month in (9, 10):
        at = datetime(2026, month, 3, 12, tzinfo=UTC)
        ProspectusFactory(organisation=one, counted=about, made_at=at)
    ProspectusFactory(organisation=one, made_at=datetime(2026, 11, 3, 12, tzinfo=UTC))
    assert shown(one).told_on == date(2026, 10, 3)
    assert shown(group()).told_on is None


def test_that_its_roles_are_never_at_that_time_is_a_reason() -> None:
    never = "All its roles with set times are at other times of the week."
    assert never in shown(group(), never_then=True).reasons
    assert never not in shown(group(), never_then=False).reasons
