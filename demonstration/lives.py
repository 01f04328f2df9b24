"""Times of life: how old people are, when they are free, and what that means for volunteering."""

from dataclasses import dataclass, field
from random import Random

from core.week import slots_in
from demonstration.kinds import mask


@dataclass(frozen=True, slots=True)
class Life:
    """A time of life: `share` of the people (of 100) are in it.

    Ages in years, both ends in; `hours` a week, fewest and most; `modes` how they get about; `why`
    the list of reasons in `data/profile_words.toml` that suits them; `motives` how likely it is
    that somebody ticks each (`core.motives.Motive`).
    """

    code: str
    share: float
    ages: tuple[int, int]
    times: tuple[str, ...]
    hours: tuple[int, int]
    modes: tuple[str, ...]
    why: str
    motives: dict[str, float] = field(hash=False)


LIVES = (
    Life(
        "pupil",
        5,
        (13, 15),
        ("saturday morning", "saturday afternoon", "sunday afternoon", "weekday evening"),
        (1, 3),
        ("walk", "bus", "cycle"),
        "young",
        {"learn": 0.50, "people": 0.35, "work": 0.40, "active": 0.20, "outdoors": 0.30},
    ),
    Life(
        "sixth-former",
        6,
        (16, 17),
        ("saturday morning", "saturday afternoon", "sunday morning", "weekday evening"),
        (1, 4),
        ("walk", "bus", "cycle"),
        "young",
        {"learn": 0.45, "people": 0.30, "work": 0.60, "active": 0.20, "outdoors": 0.20},
    ),
    Life(
        "student",
        13,
        (18, 24),
        ("weekday afternoon", "weekday evening", "saturday afternoon", "sunday afternoon"),
        (2, 8),
        ("bus", "cycle", "walk"),
        "young",
        {
            "learn": 0.45,
            "people": 0.40,
            "profession": 0.05,
            "work": 0.60,
            "active": 0.20,
            "outdoors": 0.20,
        },
    ),
    Life(
        "working",
        34,
        (22, 62),
        ("weekday evening", "saturday morning", "saturday afternoon", "sunday morning"),
        (1, 4),
        ("car", "bus", "cycle", "walk"),
        "working",
        {
            "learn": 0.30,
            "people": 0.40,
            "profession": 0.20,
            "work": 0.10,
            "active": 0.25,
            "outdoors": 0.30,
        },
    ),
    Life(
        "at-home",
        17,
        (26, 60),
        ("weekday morning", "weekday afternoon"),
        (2, 10),
        ("bus", "car", "walk"),
        "working",
        {
            "learn": 0.40,
            "people": 0.50,
            "profession": 0.10,
            "work": 0.35,
            "active": 0.20,
            "outdoors": 0.25,
        },
    ),
    Life(
        "retired",
        25,
        (60, 89),
        ("weekday morning", "weekday afternoon", "saturday morning"),
        (2, 8),
        ("bus", "car", "walk"),
        "older",
        {"learn": 0.25, "people": 0.60, "profession": 0.25, "active": 0.30, "outdoors": 0.35},
    ),
)


def free_slots(chance: Random, times: tuple[str, ...]) -> int:
    """Give a mask of the week: some of these times, on some of their days."""
    chosen = [words for words in times if chance.random() < 0.55] or [chance.choice(times)]
    free = 0
    for words in chosen:
        days = slots_in(mask(words))
        for slot in chance.sample(days, chance.randint(1, len(days))):
            free |= 1 << slot.bit
    return free
