"""Whether chances that were told in tenths came true, by more than chance and rounding explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

#: Half of what one tenth stands for: "about 6 in 10" is anything from 0.55 to 0.65.
_HALF = 0.05
#: So many standard errors away from it, chance is no explanation: 1 in 100 of all tables that hold
#: one such tenth.
_ERRORS = 2.58


@dataclass(frozen=True, slots=True)
class Came:
    """What came of those who were told one tenth: how many of `base` it came true for."""

    tenths: int
    hits: int
    base: int

    @property
    def away(self) -> float:
        """How many people more (or, below 0, fewer) than any chance that is said so would give."""
        low, high = _between(self.tenths)
        return max(self.hits - high * self.base, 0.0) + min(self.hits - low * self.base, 0.0)

    def is_off(self, slack: float) -> bool:
        """Whether it came true for more or fewer than chance explains, where counts may be off by
        `slack` through rounding.
        """
        low, high = _between(self.tenths)
        chance = high if self.away > 0 else low
        beyond = abs(self.away) - slack * (1 + chance)
        return beyond > 0 and beyond > _ERRORS * sqrt(self.base * chance * (1 - chance))


@dataclass(frozen=True, slots=True)
class Calibration:
    """example: what to say of it: where it is off, the tenth with most people more or fewer than
    they were told; else the one that most people were told. below, above: whether there is a tenth
    of which fewer, or more, got it.
    """

    example: Came
    below: bool
    above: bool


def calibration(came: Sequence[Came], slack: float = 0.0) -> Calibration | None:
    """Whether what was told came true; None where there is nothing to go by."""
    if not came:
        return None
    off = [one for one in came if one.is_off(slack)]
    example = max(off, key=lambda one: abs(one.away)) if off else max(came, key=lambda it: it.base)
    return Calibration(
        example,
        below=any(one.away < 0 for one in off),
        above=any(one.away > 0 for one in off),
    )


def _between(tenths: int) -> tuple[float, float]:
    if tenths == 0:
        # The words are "fewer than 1 in 10": 8 in 100 are what was said.
        return 0.0, 0.1
    return max(tenths / 10 - _HALF, 0.0), min(tenths / 10 + _HALF, 1.0)
