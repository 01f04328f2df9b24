"""What is kept back of a month's table of parts of the borough by times when it closes, beside its
table of wards (ADR 26).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.disclosure import FEWEST
from core.places.wards import PARTS, WARDS, part_of
from insights import disclosure
from insights.analysis.crossed import Linked, kept_back_beside_wards
from insights.analysis.protection import Given
from insights.measures import MEASURES, Figures
from insights.measures.categories import TIMES
from insights.measures.dimensions import PART_AND_TIME, TIME, WARD
from insights.measures.samples import Cell

_CODE = PART_AND_TIME.code
_PARTS = [code for code, __ in PARTS]


def beside_wards(figures: Figures) -> Figures:
    """The figures of a month that closes, with what is kept back of each crossed table. One of
    which the wards or the times are not known is left out.
    """
    splits, kept_back = dict(figures.splits), dict(figures.kept_back)
    for measure, dimension in figures.splits:
        if dimension == _CODE:
            found = _kept_back(figures, measure)
            if found is None:
                del splits[measure, dimension]
            else:
                kept_back[measure, dimension] = found
    return replace(figures, splits=splits, kept_back=kept_back)


def _kept_back(figures: Figures, code: str) -> list[int] | None:
    cells = figures.splits[code, _CODE]
    if all(cell.people is None for cell in cells):
        # Of places, which are public one by one.
        return []
    wards, times = (figures.splits.get((code, one.code)) for one in (WARD, TIME))
    if wards is None or times is None:
        return None
    inside = _counts(cells).reshape(len(PARTS), len(TIMES))
    linked = Linked(
        wards=_counts(wards),
        said=_said(figures, code, wards),
        part_of=np.array([*(_PARTS.index(part_of(ward)) for ward in WARDS), len(PARTS)]),
        counts=np.vstack([inside, _counts(times) - inside.sum(axis=0)]),
        rounding=disclosure.ROUNDING,
    )
    places: list[int] = np.flatnonzero(kept_back_beside_wards(linked)[:-1].ravel()).tolist()
    return places


def _said(figures: Figures, code: str, wards: Sequence[Cell]) -> NDArray[np.int64]:
    """What is said of each ward, of `Given`, whether or not there are places for its people."""
    total = figures.totals.get(code)
    shown = disclosure.split(MEASURES[code], wards, parts=WARD.parts, total=total)
    counts = _counts(wards)
    few = np.where((counts > 0) & (counts < FEWEST), Given.SMALL, Given.ROUNDED)
    nothing = [one == disclosure.KEPT_BACK for one in shown]
    return np.where(nothing, Given.NOTHING, few).astype(np.int64)


def _counts(cells: Sequence[Cell]) -> NDArray[np.int64]:
    return np.array([cell.count for cell in cells], np.int64)
