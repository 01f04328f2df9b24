"""Who ticked nothing and wrote something has said what they like all the same."""

import pytest

from matching.datasets import tags
from matching.datasets.people import volunteers
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


def causes_and_activities(person: Volunteer) -> tuple[set[str], set[str]]:
    columns = volunteers(Volunteer.objects.filter(pk=person.pk), tags()).columns
    vocabulary = tags().vocabulary
    return (
        {vocabulary.causes[index] for index in columns.causes.indices},
        {vocabulary.activities[index] for index in columns.activities.indices},
    )


def test_words_stand_in_for_what_was_not_ticked() -> None:
    person = VolunteerFactory(about="I want to plant trees and clean parks")
    assert causes_and_activities(person) == (
        {"parks-and-green-spaces", "trees-nature-and-wildlife"},
        {"tree-planting"},
    )


def test_what_was_ticked_stands_alone() -> None:
    person = VolunteerFactory(about="I want to plant trees", causes=["animals"])
    assert causes_and_activities(person) == ({"animals"}, {"tree-planting"})


def test_nothing_ticked_and_nothing_named_stays_nothing() -> None:
    assert causes_and_activities(VolunteerFactory(about="I can help")) == (set(), set())
