"""Who ticked nothing and wrote something has said what they like all the same."""

import pytest

from matching.datasets import People, roles, tags
from matching.datasets.people import volunteers
from opportunities.models import Opportunity
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


def read(*people: Volunteer) -> People:
    return volunteers(Volunteer.objects.filter(pk__in=[p.pk for p in people]), tags())


def of_person(person: Volunteer, kind: str) -> set[str]:
    codes = getattr(tags().vocabulary, kind)
    return {codes[index] for index in getattr(read(person).columns, kind).indices}


def inferred(person: Volunteer) -> set[str]:
    return {kind for kind, rows in read(person).inferred.items() if rows[0]}


def of_role(role: Opportunity, kind: str) -> list[str]:
    columns = roles(Opportunity.objects.filter(pk=role.pk), tags()).columns
    return [getattr(tags().vocabulary, kind)[at] for at in getattr(columns, kind).indices]


def test_words_stand_in_for_what_was_not_ticked() -> None:
    person = VolunteerFactory(about="I want to plant trees and clean parks")
    causes = {"parks-and-green-spaces", "trees-nature-and-wildlife"}
    assert of_person(person, "causes") == causes
    assert of_person(person, "activities") == {"tree-planting"}
    assert inferred(person) == {"causes", "activities"}


def test_what_was_ticked_stands_alone_and_is_not_inferred() -> None:
    person = VolunteerFactory(about="I want to plant trees", causes=["animals"])
    assert of_person(person, "causes") == {"animals"}
    assert of_person(person, "activities") == {"tree-planting"}
    assert inferred(person) == {"activities"}


def test_nothing_ticked_and_nothing_named_stays_nothing() -> None:
    person = VolunteerFactory(about="I can help")
    assert of_person(person, "causes") == of_person(person, "activities") == set()
    assert inferred(person) == set()


def test_another_language_says_as_much() -> None:
    person = VolunteerFactory(about="મને બગીચામાં કામ કરવું ગમે છે")
    assert of_person(person, "causes") == {"community-gardens"}
    assert of_person(person, "activities") == {"gardening"}


def test_what_somebody_does_not_want_is_not_read_as_a_wish() -> None:
    person = VolunteerFactory(about="Gardening, but no children please")
    assert of_person(person, "causes") == {"community-gardens"}


def test_skills_are_read_from_experience_first_and_then_from_interests() -> None:
    person = VolunteerFactory(about="I like singing", experience="I am a qualified nurse")
    assert of_person(person, "skills") == {"nursing"}
    only_interests = VolunteerFactory(about="I like singing")
    assert of_person(only_interests, "skills") == {"singing"}
    assert "skills" in inferred(only_interests)
    ticked = VolunteerFactory(experience="I am a qualified nurse", skills=["law"])
    assert of_person(ticked, "skills") == {"law"}
    assert "skills" not in inferred(ticked)


def test_a_page_says_no_more_than_a_few_tags_those_named_most() -> None:
    words = "dogs, cars, music, football, children, hospitals, prison, refugees, museums, schools"
    person = VolunteerFactory(about=f"{words}. Cats and kittens and pets!")
    assert len(of_person(person, "causes")) == 8
    assert "dogs-cats-and-other-pets" in of_person(person, "causes")


def test_who_is_inferred_follows_the_people_that_are_taken() -> None:
    said, ticked = VolunteerFactory(about="dogs"), VolunteerFactory(causes=["animals"])
    people = read(said, ticked)
    assert people.inferred["causes"].tolist() == [True, False]
    assert people.take([1]).inferred["causes"].tolist() == [False]


def test_a_role_without_tags_has_those_that_its_words_name_the_title_first() -> None:
    role = OpportunityFactory(
        title="Gardener", summary="For dogs", description="", causes=[], activities=[]
    )
    assert of_role(role, "causes") == ["community-gardens"]
    assert of_role(role, "activities") == ["gardening"]
    vague = OpportunityFactory(
        title="Helper", summary="Walk dogs", description="", causes=[], activities=[]
    )
    assert of_role(vague, "causes") == ["dogs-cats-and-other-pets"]
    read_roles = roles(Opportunity.objects.filter(pk=role.pk), tags())
    assert read_roles.inferred["causes"].tolist() == [True]


def test_a_role_with_tags_keeps_them() -> None:
    role = OpportunityFactory(title="Gardener", causes=["animals"], activities=["cooking"])
    assert of_role(role, "causes") == ["animals"]
    assert of_role(role, "activities") == ["cooking"]


def test_a_role_never_needs_a_skill_that_its_group_did_not_name() -> None:
    role = OpportunityFactory(title="Nurse wanted", description="Nursing and driving")
    columns = roles(Opportunity.objects.filter(pk=role.pk), tags()).columns
    assert columns.skills_needed.nnz == columns.skills_useful.nnz == 0
