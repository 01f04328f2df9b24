"""What the algorithmic transparency record says, in words that can be translated."""

from matching.wording.transparency.data import DEVELOPMENT_DATA, OPERATIONAL_DATA, RISKS
from matching.wording.transparency.names import (
    BLOCKS,
    LANGUAGE_PAIRS,
    OF_PEOPLE,
    OF_ROLES,
    RULE_KINDS,
    RULES,
    SPREAD,
)
from matching.wording.transparency.purpose import DEPLOYMENT, OWNER, RATIONALE, SUMMARY
from matching.wording.transparency.specification import MODEL, TECHNICAL
from matching.wording.transparency.template import (
    NO_MODEL,
    NOT_MEASURED,
    NOT_SET,
    FieldWords,
    SectionWords,
)

#: The record, in its order.
SECTIONS: tuple[SectionWords, ...] = (
    SUMMARY,
    OWNER,
    RATIONALE,
    DEPLOYMENT,
    TECHNICAL,
    MODEL,
    DEVELOPMENT_DATA,
    OPERATIONAL_DATA,
    RISKS,
)

__all__ = [
    "BLOCKS",
    "LANGUAGE_PAIRS",
    "NOT_MEASURED",
    "NOT_SET",
    "NO_MODEL",
    "OF_PEOPLE",
    "OF_ROLES",
    "RULES",
    "RULE_KINDS",
    "SECTIONS",
    "SPREAD",
    "FieldWords",
    "SectionWords",
]
