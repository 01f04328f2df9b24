"""What somebody of the volunteer centre noted about something that waits."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import today
from core.models import Fact, TimeStampedModel
from core.models.words import WordsField
from opportunities.models import Opportunity, Organisation
from placements.models import Application

#: What a note can be about: one of these.
SUBJECTS = ("person", "group", "role", "application", "job")


class DeskNoteQuerySet(models.QuerySet["DeskNote"]):
    def putting_aside(self) -> Self:
        """Notes that keep their subject off a list until another day."""
        return self.filter(look_again_on__gt=today())

    def being_done(self) -> Self:
        """Notes that say that nothing is left to do about their subject."""
        return self.filter(is_done=True)


class DeskNote(TimeStampedModel):
    """One note, about one person, group, role, application or job; read by the volunteer centre
    alone.

    `queue` is the list from which it was written (`desk.queues`), '' for a note on the subject's
    own page. Until `look_again_on` the subject stays off that list; with `is_done` for good, unless
    the same happens anew. `outcome` is set where somebody called. What is written about a person
    goes when the person does.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("Nobody called")
        REACHED = "reached", _("Spoke with somebody")
        NO_REPLY = "no_reply", _("No reply")
        WRONG_NUMBER = "wrong_number", _("Wrong number")

    queue = models.CharField(max_length=30, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="desk_notes",
    )
    group = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="desk_notes"
    )
    role = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.CASCADE, related_name="desk_notes"
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="desk_notes"
    )
    job = models.ForeignKey(
        Fact, null=True, blank=True, on_delete=models.CASCADE, related_name="desk_notes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = WordsField(blank=True, max_length=1000)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    is_done = models.BooleanField(default=False)

    objects = DeskNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="desk_note_is_about_one_thing",
                condition=models.Q(
                    *(
                        models.Q(**{f"{other}__isnull": other != subject for other in SUBJECTS})
                        for subject in SUBJECTS
                    ),
                    _connector=models.Q.OR,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk} ({self.queue or 'page'})"
