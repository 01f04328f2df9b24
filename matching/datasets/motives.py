"""What people want to get out of it, and what roles offer, as tags."""

from collections.abc import Iterable, Sequence
from typing import Any

from core.motives import Motive
from matching.ranking.columns import tag_matrix


def of_motives(rows: Sequence[Iterable[str]]) -> Any:
    """Tag matrix, CSR (rows × motives), from the codes of `core.motives.Motive` of each row."""
    index = {code: place for place, code in enumerate(Motive.values)}
    return tag_matrix([[index[code] for code in row if code in index] for row in rows], len(index))
