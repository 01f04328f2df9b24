"""What the delivery group of the made-up borough wants three figures to be."""

from demonstration.written import Written
from insights.measures import MEASURES
from insights.models import Target

#: Days ago on which they were set.
SET = 200
#: By code of a measure, as the figure is shown: one that is near, and two that are not.
WANTED = {"days_until_answered": 7.0, "offered_within_30_days": 40.0, "days_until_placed": 90.0}
NOTE = "Made up for the demonstration: nobody in Harrow has set this."


def write(written: Written) -> None:
    """Write the targets, before the audit trail is written."""
    at, by = written.plan.at_work(written.plan.ago(SET)), written.staff["delivery"]
    for measure, value in WANTED.items():
        made = Target.objects.create(
            measure=MEASURES[measure].code,
            value=value,
            begins=at.date().replace(day=1),
            note=NOTE,
            set_at=at,
            set_by=by,
        )
        written.note("target.set", made, by=by, at=at, measure=measure, value=value)
