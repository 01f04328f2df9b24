"""The files that the demonstration borough is made of."""

import pytest

from core.dbs import DbsLevel
from core.models import Activity, Cause, Language, Skill
from core.week import describe
from demonstration.kinds import group_kinds, mask, read, role_kinds
from demonstration.lives import LIVES
from opportunities.models import Opportunity, Organisation


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("weekday morning", "weekday mornings"),
        ("saturday afternoon", "Saturday afternoons"),
        ("weekend evening", "weekend evenings"),
    ],
)
def test_mask_means_what_its_words_say(words: str, said: str) -> None:
    assert describe(mask(words)) == said


@pytest.mark.parametrize("words", ["weekday noon", "someday morning"])
def test_mask_refuses_words_that_are_no_time(words: str) -> None:
    with pytest.raises(KeyError):
        mask(words)


@pytest.mark.django_db
def test_kinds_of_role_use_the_lists_of_the_service() -> None:
    causes, activities, skills, languages = (
        set(kind.objects.values_list("code", flat=True))
        for kind in (Cause, Activity, Skill, Language)
    )
    for kind in role_kinds().values():
        assert set(kind.causes) <= causes, kind.code
        assert set(kind.activities) <= activities, kind.code
        assert set(kind.needed + kind.useful + kind.gained) <= skills, kind.code
        assert set(kind.languages) <= languages, kind.code
    for group in group_kinds().values():
        assert set(group.causes) <= causes, group.code
    assert {text["code"] for text in read("profile_words")["language"]} <= languages


def test_kinds_of_role_can_be_published() -> None:
    assert len(role_kinds()) == len(read("role_kinds")["kind"]) >= 30
    for kind in role_kinds().values():
        assert kind.dbs in DbsLevel.values
        assert kind.dbs == DbsLevel.NONE or kind.minimum_age >= 16, kind.code
        assert kind.commitment in Opportunity.Commitment.values
        assert 1 <= kind.places[0] <= kind.places[1]
        assert kind.wishes
        assert not kind.dated or kind.slots


def test_every_kind_of_role_has_a_group_and_every_group_is_of_a_known_form() -> None:
    assert {code for group in group_kinds().values() for code in group.roles} == set(role_kinds())
    for group in group_kinds().values():
        assert group.name.startswith("Example "), "visibly made up"
        assert set(group.forms) <= set(Organisation.LegalForm.values)
        assert set(group.sizes) <= set(Organisation.Size.values)


def test_times_of_life_are_all_people() -> None:
    assert sum(life.share for life in LIVES) == 100
    assert min(life.ages[0] for life in LIVES) == 13
    assert max(life.ages[1] for life in LIVES) >= 89
