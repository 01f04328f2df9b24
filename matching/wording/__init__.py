"""Codes and values of the ranking as sentences: to the person ("You …"), and about them.

Rankings are stored as codes and values; words are made when they are read, in the reader's
language, without asking the database.
"""

from matching.wording.changes import Change, what_would_change
from matching.wording.costs import leaves_out, who_could
from matching.wording.distances import miles_away, roughly_away
from matching.wording.names import activity_names, wish
from matching.wording.odds import (
    chance_of_a_place,
    chance_of_an_answer,
    how_it_answers,
    odds,
    usual_answer_time,
)
from matching.wording.parts import LABELS, sentence_of_part
from matching.wording.reasons import not_their_kind, reasons, reasons_about, summary
from matching.wording.uncertain import not_known
from matching.wording.warnings import warning, warning_about

__all__ = [
    "LABELS",
    "Change",
    "activity_names",
    "chance_of_a_place",
    "chance_of_an_answer",
    "how_it_answers",
    "leaves_out",
    "miles_away",
    "not_known",
    "not_their_kind",
    "odds",
    "reasons",
    "reasons_about",
    "roughly_away",
    "sentence_of_part",
    "summary",
    "usual_answer_time",
    "warning",
    "warning_about",
    "what_would_change",
    "who_could",
    "wish",
]
