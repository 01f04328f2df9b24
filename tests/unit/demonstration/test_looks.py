"""What people of the past were shown, opened and asked for."""

from datetime import UTC, datetime
from random import Random

import pytest

from demonstration.looks import SHOWN, Looks
from matching.models import Impression
from placements.models import Application
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def rows(event: str) -> list[tuple[int, int | None]]:
    found = Impression.objects.filter(event=event).order_by("pk")
    return list(found.values_list("opportunity", "rank"))


def test_the_dearest_are_shown_in_order() -> None:
    roles = OpportunityFactory.create_batch(SHOWN + 2)
    looks = Looks(Random("1"))
    looks.at_list(VolunteerFactory(), {role.pk: 1 + role.pk for role in roles}, AT)
    looks.write()
    dearest = [role.pk for role in roles[::-1]][:SHOWN]
    assert rows("shown") == [(pk, rank) for rank, pk in enumerate(dearest, start=1)]
    assert set(rows("opened")) < set(rows("shown"))
    assert rows("applied") == []


def test_what_is_asked_for_is_on_the_list_and_was_opened() -> None:
    roles = OpportunityFactory.create_batch(SHOWN + 2)
    person, looks = VolunteerFactory(), Looks(Random("1"))
    asked = Application(volunteer=person, opportunity=roles[0])
    looks.at_list(person, {role.pk: 1 + role.pk for role in roles}, AT, asked)
    looks.write()
    assert rows("applied") == [(roles[0].pk, SHOWN)]
    assert set(rows("applied")) <= set(rows("opened"))
    assert len(rows("shown")) == SHOWN
    assert Impression.objects.values_list("at").distinct().get() == (AT,)


def test_who_finds_nothing_is_shown_nothing() -> None:
    looks = Looks(Random("1"))
    looks.at_list(VolunteerFactory(), {}, AT)
    looks.write()
    assert not Impression.objects.exists()
