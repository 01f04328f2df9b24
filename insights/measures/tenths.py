"""A chance as it was told: of ten people, about how many."""

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from insights.measures.samples import Rows

_TEN = 10


def categories() -> list[tuple[str, str]]:
    """Code (the tenths) and label of each, as `matching.wording.odds` says them."""
    between = [
        (str(tenths), _("About %(tenths)s in 10") % {"tenths": tenths}) for tenths in range(1, _TEN)
    ]
    return [("0", _("Fewer than 1 in 10")), *between, (str(_TEN), _("Nearly everybody"))]


def of_chances(chances: NDArray[np.float64]) -> tuple[Rows, Rows]:
    """The tenth of each chance from 0 to 1, (n,), as row and category; what is nan is in none.
    Rounded as `matching.wording.odds.tenths_of` does.
    """
    rows = np.flatnonzero(~np.isnan(chances))
    return rows, np.rint(chances[rows] * _TEN).astype(np.int64)
