"""Links that are useful to people who wait; all made up, as are the places that they lead to."""

from datetime import date

from demonstration.plan import by_day
from demonstration.written import Written
from placements.models import CourseDone, UsefulLink, UsefulLinkMonth

#: All links of the demonstration lie here, where nothing is.
MADE_UP = "https://www.example.org/demonstration/"
#: Months in which they were followed; of how many people one said so, of a course, in a month.
_MONTHS, _ONE_IN = 12, 150
_Kind = UsefulLink.Kind
_LINKS: tuple[tuple[UsefulLink.Kind, str, str, str], ...] = (
    (_Kind.TRAINING, "First aid in an evening (demo)", "Free, in three places.", "first-aid"),
    (_Kind.TRAINING, "Food hygiene, from home (demo)", "Two hours, with a certificate.", "food"),
    (_Kind.TRAINING, "Listening well (demo)", "Four short lessons from home.", "listening"),
    (_Kind.NEXT_DOOR, "Volunteering in Exampleton (demo)", "Roles next door.", "exampleton"),
    (_Kind.NEXT_DOOR, "Volunteering in Sampleford (demo)", "", "sampleford"),
)


def write(written: Written) -> None:
    """Write the links, how often they were followed in each of the last months, and who said that
    they did a course.
    """
    chance = written.plan.chance("useful links")
    by = written.staff["broker"]
    for kind, title, about, path in _LINKS:
        link = UsefulLink.objects.create(
            kind=kind, title=title, about=about, address=f"{MADE_UP}{path}"
        )
        written.note("useful_link.added", link, by=by, at=written.plan.ago(400), kind=str(kind))
        UsefulLinkMonth.objects.bulk_create(
            UsefulLinkMonth(link=link, month=month, followed=chance.randrange(1, 25))
            for month in _months_before(written.plan.end.date())
        )

    _write_courses(written)


def _write_courses(written: Written) -> None:
    chance = written.plan.chance("courses")
    courses = list(UsefulLink.objects.filter(kind=_Kind.TRAINING, address__startswith=MADE_UP))
    done = []
    for person in written.at_desk:
        at = by_day(written.plan.ago(chance.uniform(1, 30 * _MONTHS)))
        if chance.random() < _MONTHS / _ONE_IN and at > person.created_at:
            done.append(CourseDone(volunteer=person, link=chance.choice(courses), said_at=at))
    CourseDone.objects.bulk_create(done)
    for row in done:
        written.note("course.done", row.volunteer, by=row.volunteer.user, at=row.said_at)


def _months_before(day: date) -> list[date]:
    months = [day.replace(day=1)]
    while len(months) < _MONTHS:
        before = months[-1]
        months.append(
            before.replace(year=before.year - 1, month=12)
            if before.month == 1
            else before.replace(month=before.month - 1)
        )
    return months
