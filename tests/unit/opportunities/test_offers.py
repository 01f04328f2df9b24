"""What a role offers, as far as that is certain."""

import pytest

from core.models import Activity
from core.motives import Motive
from opportunities.offers import ACTIVE, OFFERS, OUTDOORS, PEOPLE, certain_offers


def offers(ticked: tuple[str, ...] = (), **said: object) -> list[str]:
    return certain_offers(
        ticked, **({"activities": (), "teaches": False, "from_home": False} | said)
    )


def test_what_the_group_ticked_is_offered_in_one_order() -> None:
    assert offers(("outdoors", "learn")) == ["learn", "outdoors"]
    assert offers() == []


def test_who_is_taught_a_skill_learns_something() -> None:
    assert offers(teaches=True) == ["learn"]


def test_a_garden_is_outdoors_unless_it_is_written_about_at_home() -> None:
    assert offers(activities=["gardening", "writing"]) == ["active", "outdoors"]
    assert offers(activities=["gardening"], from_home=True) == []
    assert offers(("outdoors",), activities=["gardening"], from_home=True) == ["outdoors"]


def test_words_for_every_motive() -> None:
    assert list(OFFERS) == list(Motive.values)


@pytest.mark.django_db
def test_the_kinds_of_work_are_those_of_the_taxonomy() -> None:
    known = set(Activity.objects.values_list("code", flat=True))
    assert known >= OUTDOORS | ACTIVE | PEOPLE
