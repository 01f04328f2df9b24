"""Every figure that the service publishes, each defined once.

`MEASURES` has them all, in the order in which they are shown; importing this package registers
them. `worked_out` gives their true numbers, which leave only through `insights.disclosure`.
"""

from insights.measures import (
    applications,
    fairness,
    people,
    recommending,
    regular,
    roles,
    told,
    useful_wait,
)
from insights.measures.measure import MEASURES, Better, Measure, Unit
from insights.measures.working_out import Figures, worked_out

__all__ = [
    "MEASURES",
    "Better",
    "Figures",
    "Measure",
    "Unit",
    "applications",
    "fairness",
    "people",
    "recommending",
    "regular",
    "roles",
    "told",
    "useful_wait",
    "worked_out",
]
