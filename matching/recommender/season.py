"""Seasons for commands: trials over worlds, supplies and seeds, several processes at once."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from matching.ranking.season.contenders import BASELINE, CAUSES, MORE_POLICIES, OURS, POLICIES
from matching.ranking.season.measures import COLUMNS, GAPS, GROUPS_OF_COLUMNS, Column
from matching.ranking.season.report import Row, reported
from matching.ranking.season.roles import SeasonDataError, SeasonRoles, read_roles
from matching.ranking.season.told import Suitability
from matching.ranking.season.trials import Trial, Tried, run_trial
from matching.ranking.season.world import WORLDS

__all__ = [
    "BASELINE",
    "CAUSES",
    "COLUMNS",
    "GAPS",
    "GROUPS_OF_COLUMNS",
    "MORE_POLICIES",
    "OURS",
    "POLICIES",
    "WORLDS",
    "Column",
    "Row",
    "SeasonDataError",
    "Suitability",
    "Trials",
    "reported",
    "tried",
]

#: Numerical libraries start this many threads in each process: there is a process for each core.
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Trials:
    """What to simulate. file: roles, as `read_roles` reads them. worlds, contenders: by key.
    supplies: people for each place. seeds: how many, from 1.
    """

    file: Path
    worlds: Sequence[str] = ("reference",)
    supplies: Sequence[float] = (1.0, 2.0, 4.0)
    seeds: int = 5
    contenders: Sequence[str] = field(default_factory=lambda: tuple(POLICIES))
    suitability: Suitability = "words"
    processes: int = 1

    @property
    def each(self) -> list[Trial]:
        """All of them, the largest first: the last to end should be a short one."""
        return [
            Trial(world, supply, seed, tuple(self.contenders), self.suitability)
            for supply in sorted(self.supplies, reverse=True)
            for world in self.worlds
            for seed in range(1, self.seeds + 1)
        ]


def tried(trials: Trials) -> Iterator[Tried]:
    """What came of each trial, as it ends. Raises SeasonDataError where the file is no use."""
    roles = read_roles(trials.file)
    if trials.processes == 1:
        for trial in trials.each:
            yield run_trial(roles, trial)
        return
    os.environ.update({name: os.environ.get(name, one) for name, one in _THREADS.items()})
    spawn = get_context("spawn")
    with ProcessPoolExecutor(trials.processes, spawn, _begin, (roles,)) as processes:
        running = [processes.submit(_in_process, trial) for trial in trials.each]
        for done in as_completed(running):
            yield done.result()


_roles: list[SeasonRoles] = []


def _begin(roles: SeasonRoles) -> None:
    _roles[:] = [roles]


def _in_process(trial: Trial) -> Tried:
    return run_trial(_roles[0], trial)
