"""What people gave and what they were shown, as tables: hours that groups have confirmed, roles
that were recommended, and courses that they say they did.
"""

from datetime import date, datetime, timedelta
from typing import Any, cast

import numpy as np

from insights.columns import day_of
from insights.measures.tables import CoursesTable, HoursTable, ShowingsTable
from matching.models import Impression
from placements.models import CourseDone, HoursEntry

#: What was recommended is looked at over so many days.
SHOWN_WITHIN = timedelta(days=30)


def hours(rows: dict[int, int], until: datetime) -> HoursTable:
    """Hours that were confirmed by `until`. rows: of applications, by id.

    That is a few days after a period has ended: of its last days hardly any are confirmed before,
    and no later period has them.
    """
    chosen = HoursEntry.objects.confirmed().filter(confirmed_at__lt=until).order_by("pk")
    entries = [
        (rows[pk], day.toordinal() - date(1970, 1, 1).toordinal(), minutes)
        for pk, day, minutes in chosen.values_list("application", "day", "minutes").iterator()
        if pk in rows
    ]
    columns = cast(Any, zip(*entries, strict=True)) if entries else ((), (), ())
    application, day, minutes = columns
    return HoursTable(
        application=np.array(application, np.int64),
        day=np.array(day, np.float64),
        minutes=np.array(minutes, np.int64),
    )


def showings(at: datetime, person_rows: dict[int, int], role_rows: dict[int, int]) -> ShowingsTable:
    """Roles that were recommended in the 30 days before `at`. Rows of people and roles, by id."""
    events = Impression.objects.filter(at__lt=at, at__gte=at - SHOWN_WITHIN).order_by()
    pairs = events.values_list("volunteer", "opportunity")

    def of(*kinds: Impression.Event) -> set[tuple[int, int]]:
        return set(pairs.filter(event__in=kinds).distinct().iterator())

    shown = [
        pair
        for pair in sorted(of(Impression.Event.SHOWN))
        if pair[0] in person_rows and pair[1] in role_rows
    ]
    applied = of(Impression.Event.APPLIED)
    opened = of(Impression.Event.OPENED) | applied
    return ShowingsTable(
        person=np.array([person_rows[person] for person, __ in shown], np.int64),
        role=np.array([role_rows[role] for __, role in shown], np.int64),
        opened=np.array([pair in opened for pair in shown], bool),
        applied=np.array([pair in applied for pair in shown], bool),
    )


def courses(at: datetime, person_rows: dict[int, int]) -> CoursesTable:
    """Courses of which people had said by then that they did them. Rows of people, by id."""
    chosen = CourseDone.objects.filter(said_at__lt=at).order_by("pk")
    done = [
        (person_rows[person], day_of(said))
        for person, said in chosen.values_list("volunteer", "said_at")
        if person in person_rows
    ]
    return CoursesTable(
        person=np.array([person for person, __ in done], np.int64),
        said=np.array([said for __, said in done], np.float64),
    )
