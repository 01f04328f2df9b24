"""What the algorithmic transparency record says, in words that can be translated."""

from matching.wording.transparency.fields import (
    NO_MODEL,
    NOT_MEASURED,
    NOT_SET,
    SECTIONS,
    FieldWords,
    SectionWords,
)
from matching.wording.transparency.names import (
    BLOCKS,
    LANGUAGE_PAIRS,
    OF_PEOPLE,
    OF_ROLES,
    RULE_KINDS,
    RULES,
    SPREAD,
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
