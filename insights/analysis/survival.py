"""How long something takes, when for some it has not happened yet.

Who still waits has waited at least so long: leaving them out would make every wait look short.
E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of the
American Statistical Association 53 (1958), pages 457 to 481.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def still_waiting(
    days: ArrayLike, happened: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The Kaplan–Meier curve: days at which it happened to somebody, in order, (k,), and the share
    to whom it had not happened just after each, (k,).

    days: until it happened, or until the last that is known, (n,), at least 0. happened: whether it
    did, (n,). Raises ValueError where shapes differ or a number of days is below 0 or no number.
    """
    waited, done = np.asarray(days, np.float64), np.asarray(happened, np.bool_)
    if waited.shape != done.shape:
        raise ValueError(f"days {waited.shape}, happened {done.shape}")
    if not (waited >= 0).all():
        raise ValueError("a number of days is 0 or more")
    times, which = np.unique(waited, return_inverse=True)
    events = np.bincount(which, weights=done, minlength=len(times))
    leaving = np.bincount(which, minlength=len(times))
    at_risk = len(waited) - np.concatenate([[0], np.cumsum(leaving)[:-1]])
    if not len(times):
        return times, times
    left = np.cumprod(1 - events / at_risk)
    return times[events > 0], left[events > 0]


def days_until(share: float, days: ArrayLike, happened: ArrayLike) -> float | None:
    """After how many days it has happened to this share of all (0.5: the median); None where that
    cannot be told because too many are still waiting. Arguments as of `still_waiting`.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share between 0 and 1, not {share}")
    times, left = still_waiting(days, happened)
    # The smallest rounding error must not push the median to the next day.
    reached = np.flatnonzero(left <= 1 - share + 1e-12)
    return float(times[reached[0]]) if len(reached) else None


def days_followed(days: ArrayLike, people: int) -> float | None:
    """For how many days at least so many were followed; None where there are fewer. What has not
    happened to enough of them by then takes longer. Arguments as of `still_waiting`.
    """
    known = np.sort(np.asarray(days, np.float64))
    return float(known[-people]) if len(known) >= people else None
