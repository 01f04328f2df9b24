"""Fairness over people and over groups, in the aggregate only."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from insights.measures import MEASURES, Measure
from insights.measures.dimensions import DIMENSIONS
from insights.selectors.published import Published, Row
from insights.wording import in_words

#: Whether people had a real chance, and how long it took.
OF_PEOPLE: tuple[Measure, ...] = tuple(
    MEASURES[code] for code in ("offered_within_30_days", "days_until_placed")
)


@dataclass(frozen=True, slots=True)
class Split:
    """A figure by one dimension. rows: those of its categories; none is shown where `is_hidden`."""

    measure: Measure
    dimension: str
    title: str
    rows: list[Row]

    @property
    def is_hidden(self) -> bool:
        """Whether every category is too small to be shown."""
        return all(row.shown.value is None for row in self.rows)


def over_people(figures: Published, measure: Measure) -> list[Split]:
    """A figure of people by ward, age and each question of the equality form. Closed periods."""
    return [
        Split(measure, code, capfirst(str(DIMENSIONS[code].title)), rows)
        for code in measure.by
        if (rows := figures.split(measure, code))
    ]


def over_groups(figures: Published) -> list[str]:
    """What is known of small groups in no network, in sentences."""
    asked = figures.total("applications_to_small_groups")
    places = figures.total("places_of_small_groups")
    said = []
    if asked.value is not None and places.value is not None:
        said.append(
            _(
                "Small groups in no network offer %(places)s of all places and get %(asked)s of "
                "all applications."
            )
            % {
                "places": in_words(MEASURES["places_of_small_groups"], places),
                "asked": in_words(MEASURES["applications_to_small_groups"], asked),
            }
        )
    return said


def evenness(figures: Published) -> list[str]:
    """How evenly offers fall on people and attention on roles, in sentences."""
    said = []
    for code, words in (
        (
            "spread_of_offers",
            _(
                "How unevenly offers fall on people: %(index)s, where 0 is all as many and near 1 "
                "is few have all (the Gini index)."
            ),
        ),
        (
            "spread_of_attention",
            _(
                "How unevenly roles are recommended: %(index)s, where 0 is all as much and near 1 "
                "is few have all (the Gini index)."
            ),
        ),
    ):
        shown = figures.total(code)
        if shown.value is not None:
            said.append(words % {"index": in_words(MEASURES[code], shown)})
    return said
