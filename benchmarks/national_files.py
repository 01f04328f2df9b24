"""What the workers of the national benchmark share: files in one folder, as a database would serve
them. A process reads what it needs of them and no more.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import Applied
from matching.ranking.nearby import Board
from matching.ranking.ranked import RankedLists
from matching.ranking.suitability import SuitabilityModel, Volunteers
from matching.ranking.vectors import Vectors

#: Seconds of each step of a piece of work, and counts.
Record = dict[str, float]


def half(vectors: Vectors) -> Vectors:
    """Their dense half in 16 bits a number, as vectors are kept."""
    return Vectors(vectors.sparse, vectors.dense.astype(np.float16))


@dataclass(frozen=True)
class Files:
    """folder: where they lie. results: the folder inside it for lists."""

    folder: Path
    results: str = "lists"

    def keep_board(self, model: SuitabilityModel, board: Board) -> None:
        joblib.dump(model, self.folder / "model.joblib")
        joblib.dump(board, self.folder / "board.joblib")

    def board(self) -> tuple[SuitabilityModel, Board]:
        """The model, and the roles as they lie in the file: pages are read when they are needed."""
        model = joblib.load(self.folder / "model.joblib")
        return model, joblib.load(self.folder / "board.joblib", mmap_mode="r")

    def keep_people(self, number: int, people: Volunteers, applied: Applied) -> None:
        joblib.dump((people, applied), self._people(number))

    def people(self, number: int) -> tuple[Volunteers, Applied]:
        """The people of a neighbourhood, and what they applied for."""
        return joblib.load(self._people(number))

    def bytes_of_board(self) -> int:
        return (self.folder / "board.joblib").stat().st_size

    def bytes_of_people(self, number: int) -> int:
        return self._people(number).stat().st_size

    def _people(self, number: int) -> Path:
        return self.folder / f"people-{number}.joblib"

    def keep_lists(self, number: int, people: Volunteers, lists: RankedLists) -> int:
        """Write the lists of a neighbourhood: ids of people and roles, scores, and the bytes that
        the service stores of each. Gives how many bytes it wrote.
        """
        packed = [lists.packed(row).pack() for row in range(len(lists))]
        ends = np.cumsum([0, *map(len, packed)])
        path = self._lists(number)
        path.parent.mkdir(exist_ok=True)
        with path.with_suffix(".part").open("wb") as file:
            np.savez(
                file,
                people=people.columns.ids,
                roles=np.where(lists.indices >= 0, lists.ids[lists.indices], -1),
                scores=lists.scores,
                ends=ends,
                packed=np.frombuffer(b"".join(packed), np.uint8),
            )
        # Whole or not there at all, as a transaction is.
        path.with_suffix(".part").rename(path)
        return path.stat().st_size

    def roles_listed(self, number: int) -> NDArray[np.int64]:
        """Ids of the roles on each list of a neighbourhood, -1 padded, (n × k)."""
        with np.load(self._lists(number)) as kept:
            roles: NDArray[np.int64] = kept["roles"]
            return roles

    def digest(self, number: int) -> str:
        """Of everything in the lists of a neighbourhood."""
        found = hashlib.sha256()
        with np.load(self._lists(number)) as kept:
            for name in sorted(kept.files):
                found.update(kept[name].tobytes())
        return found.hexdigest()

    def _lists(self, number: int) -> Path:
        return self.folder / self.results / f"{number}.npz"

    def keep_record(self, number: int, record: Record) -> None:
        """What the work on a neighbourhood took: it is done."""
        path = self.folder / self.results / f"{number}.record"
        joblib.dump(record, path.with_suffix(".begun"))
        path.with_suffix(".begun").rename(path)

    def records(self) -> dict[int, Record]:
        """Of all neighbourhoods that are done, by number."""
        paths = (self.folder / self.results).glob("*.record")
        return {int(path.stem): joblib.load(path) for path in paths}

    def done(self) -> int:
        """How many neighbourhoods are done."""
        return sum(1 for _ in (self.folder / self.results).glob("*.record"))
