"""Codes and values of the ranking as sentences: to the person ("You …"), and about them.

Rankings are stored as codes and values; words are made when they are read, in the reader's
language, without asking the database.
"""

from matching.wording.changes import Change, what_would_change
from matching.wording.costs import leaves_out, who_could
from matching.wording.distances import miles_away, roughly_away
from matching.wording.names import wish
from matching.wording.odds import chance_of_a_place, chance_of_an_answer, odds
from matching.wording.parts import LABELS, sentence_of_part
from matching.wording.reasons import reasons, reasons_about, summary
from matching.wording.warnings import warning, warning_about

__all__ = [
    "LABELS",
    "Change",
    "chance_of_a_place",
    "chance_of_an_answer",
    "leaves_out",
    "miles_away",
    "odds",
    "reasons",
    "reasons_about",
    "roughly_away",
    "sentence_of_part",
    "summary",
    "warning",
    "warning_about",
    "what_would_change",
    "who_could",
    "wish",
]
