"""What work raises that needs what is out of reach, such as a mail server."""

from collections.abc import Callable
from datetime import datetime

#: Gives for a time in which nothing is to be done the end of that time; None for any other.
Rest = Callable[[datetime], datetime | None]


def _no_rest(__: datetime) -> None:
    return None


class OutOfReachError(Exception):
    """Nothing is wrong with the work: what it needs is away, or takes nothing for now.

    The work is tried again for up to `TIMING.patience`, at longer and longer intervals; not within
    `rest`, such as the hours in which nobody is to be woken. Raise it from the error that says why.
    """

    def __init__(self, rest: Rest = _no_rest) -> None:
        super().__init__()
        self.rest = rest
