"""What is a person's among applications and what follows from them."""

from django.db.models import Q

from accounts.models import User
from accounts.personal_data import forget_subjects
from core.personal_data import holds, impersonal, mentions, on_erasure
from placements.models import (
    Application,
    Attendance,
    Concern,
    HoursEntry,
    Message,
    TimedOffer,
    WaitingListEntry,
)
from placements.services import leaving

holds("placements.Application", path="volunteer__user")
holds("placements.Message", path="application__volunteer__user")
holds("placements.WaitingListEntry", path="volunteer__user")
holds("placements.TimedOffer", path="volunteer__user")
holds("placements.Attendance", path="application__volunteer__user")
holds("placements.HoursEntry", path="application__volunteer__user")
holds("placements.StillGoing", path="application__volunteer__user")
holds("placements.ServiceRecord", path="volunteer__user")
holds("placements.CourseDone", path="volunteer__user")
holds(
    "placements.CalendarFeed",
    path="volunteer__user",
    left_out={"number": "lets whoever reads it see the calendar"},
)
# A group's block of a person is the group's: it says nothing that the person told.
holds("placements.Block", of=lambda person: Q(volunteer__user=person.pk, side="volunteer"))
holds(
    "placements.Concern",
    path="reporter",
    left_out={
        "person": "is somebody else",
        "message": "may be somebody else's",
    },
    stays="kept for the safety of others, without who told it and how to reach them",
)
holds("placements.PassedOver", path="entry__volunteer__user")

mentions("placements.Application", held_by="emptied")
mentions("placements.Block", made_by="emptied")
mentions("placements.Concern", person="emptied: the concern stays for the safety of others")
mentions("placements.ConcernNote", author="emptied", concern="stays, as the concern does")
mentions("placements.Attendance", recorded_by="emptied")
mentions("placements.HoursEntry", recorded_by="emptied", confirmed_by="emptied")
mentions("placements.Message", author="emptied: a group's words stay with whom they were to")
impersonal(
    "pages of others, and how often they are followed in a month",
    "placements.UsefulLink",
    "placements.UsefulLinkMonth",
)
impersonal("numbers of a month, for the whole borough", "placements.ErasedCount")


@on_erasure
def _leave(person: User) -> None:
    leaving.leave_all(person)
    Concern.objects.filter(reporter=person.pk).update(reporter=None, contact="")
    for rows in (
        Application.objects.filter(volunteer__user=person.pk),
        Message.objects.filter(application__volunteer__user=person.pk),
        Attendance.objects.filter(application__volunteer__user=person.pk),
        HoursEntry.objects.filter(application__volunteer__user=person.pk),
        WaitingListEntry.objects.filter(volunteer__user=person.pk),
        TimedOffer.objects.filter(volunteer__user=person.pk),
    ):
        forget_subjects(rows.model, list(rows.values_list("pk", flat=True)))
