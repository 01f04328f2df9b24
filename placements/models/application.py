"""A person asking for a role, and what came of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.models.words import WordsField
from opportunities.models import Opportunity
from placements import states
from volunteers.models import Volunteer


class ApplicationQuerySet(models.QuerySet["Application"]):
    def pending(self) -> Self:
        """Applications that wait for the group's answer."""
        return self.filter(state__in=sorted(states.PENDING))

    def holding_a_place(self) -> Self:
        """Applications that take up a place: offered, accepted or started."""
        return self.filter(state__in=sorted(states.HOLDS_PLACE))

    def in_the_way(self) -> Self:
        """Applications that keep the person from asking for the role again: those under way, and
        those that the group said no to or whose placement it ended.
        """
        over = models.Q(state__in=sorted(states.OVER_WITHOUT_A_NO))
        return self.exclude(over & ~models.Q(reason=Application.Reason.GROUP_ENDED))

    def placed(self) -> Self:
        """Applications of people who have a place now."""
        return self.filter(state__in=sorted(states.PLACED))


class Application(TimeStampedModel):
    """One person's application for one role. Its history is in the audit trail.

    Who withdrew, or whose place ended, may ask again: that is another application, so that what the
    first came to, its hours and its messages stay what they were. The latest has the highest id.

    `reason` is the code of why it was declined, withdrawn or ended, `words` what the group wrote to
    the person with it. `came_by` says how the person came to the role. A place that is offered is
    kept until `answer_by`; `remind_at` is when the person is to be reminded, null once that is
    done. `started_at`: since when the person has been there, as far as anybody said.

    `held_move` is an answer that the group has given and can still take back: at `held_until` it is
    made and the person is told. '' (and None) where nothing is on its way. Changed only by
    `placements.services.held`, and cleared by every move.

    `group_reminders`: how often the group was reminded that the person waits.

    `share_email` and `share_phone`: the person lets the group of this role see them.

    `told_place` and `told_answer`: what chance of a place, and of an answer within 10 days, the
    service said there was when they asked (0 to 1). Null for who did not ask themselves, and for
    who asked before that was kept. Written once and never changed, so that what was said can be
    held against what came of it.
    """

    class State(models.TextChoices):
        SUBMITTED = states.State.SUBMITTED.value, _("Sent")
        ACKNOWLEDGED = states.State.ACKNOWLEDGED.value, _("Seen by the group")
        INVITED = states.State.INVITED.value, _("Invited to talk")
        OFFERED = states.State.OFFERED.value, _("Place offered")
        ACCEPTED = states.State.ACCEPTED.value, _("Place confirmed")
        STARTED = states.State.STARTED.value, _("Started")
        ENDED = states.State.ENDED.value, _("Ended")
        DECLINED = states.State.DECLINED.value, _("Not this time")
        WITHDRAWN = states.State.WITHDRAWN.value, _("Withdrawn")
        LAPSED = states.State.LAPSED.value, _("Closed")

    class Reason(models.TextChoices):
        NONE = "", _("No reason given")
        # Given by the group
        NO_PLACE = "no_place", _("All places are taken")
        OTHER_SKILLS = "other_skills", _("We need other skills for this one")
        OTHER_TIMES = "other_times", _("The times do not work")
        TOO_FAR = "too_far", _("It is too far away")
        ROLE_CHANGED = "role_changed", _("The role has changed")
        NO_REPLY = "no_reply", _("We could not reach you")
        # Given by the person
        FOUND_OTHER = "found_other", _("I found something else")
        NO_TIME = "no_time", _("I no longer have the time")
        NOT_FOR_ME = "not_for_me", _("It is not for me after all")
        NO_ANSWER = "no_answer", _("I did not hear back")
        # Given by the service
        TIME_OVER = "time_over", _("The time to answer was over")
        # Why a placement ended
        FINISHED = "finished", _("It finished as planned")
        MOVED_ON = "moved_on", _("Moved on to something else")
        ROLE_ENDED = "role_ended", _("The role has ended")
        GROUP_ENDED = "group_ended", _("The group ended it")
        # Either
        OTHER = "other", _("Another reason")

    class CameBy(models.TextChoices):
        ASKED = "", _("Asked for the role")
        WAITING_LIST = "waiting_list", _("From the waiting list")
        REFERRAL = "referral", _("Suggested by the volunteer centre")

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="applications")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="applications"
    )
    state = models.CharField(max_length=12, choices=State, default=State.SUBMITTED)
    state_since = models.DateTimeField()
    message = WordsField(blank=True, max_length=1500)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    words = WordsField(blank=True, max_length=1500)
    answered_at = models.DateTimeField(null=True, blank=True)
    came_by = models.CharField(max_length=12, choices=CameBy, default=CameBy.ASKED, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True, db_index=True)
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)
    group_reminders = models.PositiveSmallIntegerField(default=0)
    share_email = models.BooleanField(default=False)
    share_phone = models.BooleanField(default=False)
    held_move = models.CharField(max_length=12, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    held_reason = models.CharField(max_length=20, choices=Reason, blank=True)
    held_words = WordsField(blank=True, max_length=1500)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    told_place = models.FloatField(null=True, blank=True)
    told_answer = models.FloatField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["opportunity", "state"], name="application_by_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "opportunity"],
                condition=~models.Q(state__in=["ended", "lapsed", "withdrawn"]),
                name="one_application_at_a_time",
            ),
            models.CheckConstraint(
                name="application_held_has_time",
                condition=models.Q(held_move="", held_until__isnull=True)
                | (~models.Q(held_move="") & models.Q(held_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="application_told_are_chances",
                condition=models.Q(told_place__isnull=True, told_answer__isnull=True)
                | models.Q(
                    told_place__isnull=False,
                    told_answer__isnull=False,
                    told_place__range=(0, 1),
                    told_answer__range=(0, 1),
                ),
            ),
        ]

    @property
    def may_ask_again(self) -> bool:
        """Whether it is over, and not because the group said no or ended it."""
        return self.state in states.OVER_WITHOUT_A_NO and self.reason != self.Reason.GROUP_ENDED

    @property
    def state_in_words(self) -> str:
        """How it stands: its state, or where only the time to answer ran out, that."""
        if self.state == self.State.LAPSED and self.reason == self.Reason.TIME_OVER:
            return gettext("Not answered in time")
        return self.get_state_display()

    def __str__(self) -> str:
        return f"application {self.pk}: {self.state}"


GROUP_REASONS = (
    Application.Reason.NO_PLACE,
    Application.Reason.OTHER_SKILLS,
    Application.Reason.OTHER_TIMES,
    Application.Reason.TOO_FAR,
    Application.Reason.ROLE_CHANGED,
    Application.Reason.NO_REPLY,
    Application.Reason.OTHER,
)
VOLUNTEER_REASONS = (
    Application.Reason.FOUND_OTHER,
    Application.Reason.NO_TIME,
    Application.Reason.NOT_FOR_ME,
    Application.Reason.NO_ANSWER,
    Application.Reason.OTHER,
)
END_REASONS = (
    Application.Reason.FINISHED,
    Application.Reason.MOVED_ON,
    Application.Reason.NO_TIME,
    Application.Reason.NOT_FOR_ME,
    Application.Reason.ROLE_ENDED,
    Application.Reason.GROUP_ENDED,
    Application.Reason.OTHER,
)
