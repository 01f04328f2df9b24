"""What the ranking's rules leave open, as this service sets it. Loads no scikit-learn."""

from matching.datasets import Tags
from matching.ranking.eligibility import RULES, EligibilitySettings, Kind
from placements.policies import PENDING_MINIMUM, PENDING_MULTIPLE
from volunteers.policies import AGE_OF_CONSENT

#: Who named no language is taken to speak this one.
ASSUMED_LANGUAGE = "en"
#: Codes of the rules that shape lists and warn, and refuse nobody.
FIT_RULES = tuple(rule.code for rule in RULES if rule.kind is Kind.FIT)
_NO_CAP = 1e9


def at_the_door(tags: Tags) -> EligibilitySettings:
    """All rules as `placements.policies` decides them."""
    return EligibilitySettings(
        adult_age=AGE_OF_CONSENT,
        pending_multiple=PENDING_MULTIPLE,
        pending_minimum=PENDING_MINIMUM,
        assumed_language=_assumed_language(tags),
    )


def for_lists(tags: Tags) -> EligibilitySettings:
    """The same without the cap on people who wait: it changes with each application and answer, so
    lists are made without it and whoever reads one leaves out what is over the cap just then.
    """
    return EligibilitySettings(
        adult_age=AGE_OF_CONSENT,
        pending_multiple=_NO_CAP,
        pending_minimum=PENDING_MINIMUM,
        assumed_language=_assumed_language(tags),
    )


def _assumed_language(tags: Tags) -> int | None:
    languages = tags.vocabulary.languages
    return languages.index(ASSUMED_LANGUAGE) if ASSUMED_LANGUAGE in languages else None
