"""Suggest a role to a person, on the word of the volunteer centre, and take their answer.

Both sides consent: nothing about the person goes to the group before they say yes; then the group
answers as it answers anybody.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.dates import moment_in_words, near_day
from core.errors import Conflict
from matching import policies as rights
from matching import selectors
from matching.hiding import is_hidden
from matching.models import Impression, Suggestion
from matching.services import asking, hiding, impressions
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application
from placements.services import locks
from volunteers.models import Volunteer

#: How long a person has to answer.
TIME_TO_ANSWER = timedelta(days=7)
State = Suggestion.State
#: What was not sent, so that the person was never asked.
NOT_SENT = (State.DRAFT, State.DROPPED)
#: What keeps nobody at the desk from suggesting the role to the person again.
NEVER_MEANT = (*NOT_SENT, State.RECALLED)
#: What keeps no round from proposing it again: not what was taken back as wrong for the person.
_SLIP = Q(state=State.RECALLED, recalled_because=Suggestion.RecalledBecause.SLIP)
MAY_BE_PROPOSED_AGAIN = Q(state__in=NOT_SENT) | _SLIP
_PAGE = Impression.Surface.PAGE


@transaction.atomic
def refer(*, volunteer: Volunteer, opportunity: Opportunity, by: User) -> Suggestion:
    """Suggest one role to one person. Raises NotFound for whoever may not, Conflict where the
    person or the role is not to be had, or the person has another suggestion to answer.
    """
    rights.check_can_suggest(by)
    why_not = why_it_cannot_be_sent(volunteer, opportunity)
    if why_not:
        raise Conflict(why_not, code="not_to_be_had")
    suggestion = Suggestion(volunteer=volunteer, opportunity=opportunity, by=by)
    try:
        with transaction.atomic():
            suggestion.save()
            put_out(suggestion, by=by)
    except IntegrityError as error:
        raise _has_another() from error
    return suggestion


def why_it_cannot_be_sent(volunteer: Volunteer, opportunity: Opportunity) -> str:
    """Give the sentence that says why a role cannot be suggested to somebody, '' where it can.

    Loads the person's account and the role's group. Four queries.
    """
    if not_now := _not_to_be_asked_now(volunteer):
        return not_now
    pair = {"volunteer": volunteer, "opportunity": opportunity}
    if is_hidden(volunteer, opportunity):
        return _("They said that this role is not for them.")
    if Suggestion.objects.filter(**pair).exclude(state__in=NEVER_MEANT).exists():
        return _("It was suggested to them before.")
    if Suggestion.objects.filter(volunteer=volunteer, state=State.SENT).exists():
        return _has_another().message
    door = policies.door(volunteer, opportunity)
    closed = policies.closed_gates(door)
    return closed[0].sentence(door) if closed else ""


def _not_to_be_asked_now(volunteer: Volunteer) -> str:
    if volunteer.paused_at is not None or not volunteer.user.is_active:
        return _("They have paused.")
    if volunteer.waiting_since is None:
        return _("They do not look for a role now.")
    start = volunteer.can_start_from
    if start is not None and start > today():
        return _(
            "They can start from %(day)s, and do not want to hear of roles before that day."
        ) % {"day": near_day(start)}
    return ""


def put_out(suggestion: Suggestion, *, by: User | None) -> None:
    """Send a draft to its person, in the caller's transaction. Raises IntegrityError where they
    have another one to answer.
    """
    at = now()
    suggestion.state, suggestion.sent_at = State.SENT, at
    suggestion.answer_by = at + TIME_TO_ANSWER
    suggestion.save(update_fields=["state", "sent_at", "answer_by", "updated_at"])
    _record(suggestion, by=by)
    _tell(suggestion)


@transaction.atomic
def accept(*, suggestion: Suggestion, surface: str = _PAGE, by: User | None) -> Application:
    """The person says yes: the group gets their application, marked as suggested by the centre.

    Raises Conflict where it is answered or over, and the error of a gate that has closed since.
    """
    role = locks.role(suggestion.opportunity_id)
    _answer(suggestion, State.ACCEPTED, by=by)
    application = asking.ask(
        volunteer=suggestion.volunteer,
        opportunity=role,
        came_by=Application.CameBy.REFERRAL,
        by=by,
    )
    Suggestion.objects.filter(pk=suggestion.pk).update(application=application)
    suggestion.application = application
    impressions.applied(suggestion.volunteer, suggestion.opportunity, surface=surface)
    return application


@transaction.atomic
def refuse(*, suggestion: Suggestion, reason: str, surface: str = _PAGE, by: User | None) -> None:
    """The person says no thanks, with a reason of `Impression.Reason`: the role is off their list,
    and the ranking learns. Raises InvalidInput for another reason, Conflict where it is over.
    """
    _answer(suggestion, State.REFUSED, reason=reason, by=by)
    hiding.hide(
        volunteer=suggestion.volunteer,
        opportunity=suggestion.opportunity,
        reason=reason,
        surface=surface,
        by=by,
    )


@transaction.atomic
def take_back(*, suggestion: Suggestion, because: str, by: User) -> None:
    """Take back what waits for an answer: it is no answer of the person's, and another role can be
    suggested to them at once; this one by a round too where it was a slip (`because`, of
    `Suggestion.RecalledBecause`). Tells nobody (`desk.services.referring` does).

    Raises NotFound for whoever may not, InvalidInput where it is not said why, Conflict where it is
    answered or over.
    """
    rights.check_can_suggest(by)
    if not because or because not in Suggestion.RecalledBecause.values:
        raise received.refuse("because", _("Say why you take it back."))
    if not Suggestion.objects.filter(
        pk=suggestion.pk, state=State.SENT, answer_by__gt=now()
    ).update(state=State.RECALLED, recalled_because=because, updated_at=now()):
        raise Conflict(
            _("They have answered this already, or the time to answer is over."), code="over"
        )
    suggestion.state, suggestion.recalled_because = State.RECALLED, because
    _record(suggestion, by=by)


def key_of(suggestion: Suggestion) -> str:
    """Give the key of the message in which its person is told of a suggestion."""
    return f"suggestion:{suggestion.pk}"


@transaction.atomic
def follow_application(*, application: Application) -> None:
    """Whoever asks for a role by another way while it is suggested to them has said yes. Safe to
    run again.
    """
    open_ones = Suggestion.objects.filter(
        volunteer=application.volunteer_id,
        opportunity=application.opportunity_id,
        state=State.SENT,
        sent_at__lte=application.created_at,
    )
    for suggestion in open_ones:
        if Suggestion.objects.filter(pk=suggestion.pk, state=State.SENT).update(
            state=State.ACCEPTED,
            application=application,
            answered_at=application.created_at,
            updated_at=now(),
        ):
            suggestion.state = State.ACCEPTED
            _record(suggestion, by=application.volunteer.user)


def end_unanswered() -> int:
    """End the suggestions that nobody answered in a week, and tell their people; give how many.
    Their groups never heard of them. Safe to run again.
    """
    ended = 0
    over = Suggestion.objects.filter(state=State.SENT, answer_by__lte=now())
    for suggestion in over.select_related("volunteer__user", "opportunity__organisation"):
        with transaction.atomic():
            if Suggestion.objects.filter(pk=suggestion.pk, state=State.SENT).update(
                state=State.LAPSED, updated_at=now()
            ):
                suggestion.state = State.LAPSED
                _record(suggestion, by=None)
                _tell_over(suggestion)
                ended += 1
    return ended


def _answer(
    suggestion: Suggestion, state: Suggestion.State, *, reason: str = "", by: User | None
) -> None:
    at = now()
    if not Suggestion.objects.filter(pk=suggestion.pk, state=State.SENT, answer_by__gt=at).update(
        state=state, reason=reason, answered_at=at, updated_at=at
    ):
        raise Conflict(
            _("You have answered this already, or the time to answer is over."), code="over"
        )
    suggestion.state = state
    _record(suggestion, by=by)


def _record(suggestion: Suggestion, *, by: User | None) -> None:
    audit.record(
        by=by,
        action=f"suggestion.{suggestion.state}",
        subject=suggestion,
        role=suggestion.opportunity_id,
    )


def _has_another() -> Conflict:
    return Conflict(_("They have another suggestion to answer first."), code="has_another")


@in_language_of(lambda suggestion: suggestion.volunteer.user)
def _tell(suggestion: Suggestion) -> None:
    role, end = suggestion.opportunity, suggestion.answer_by
    names = {
        "role": role.title,
        "group": role.organisation.name,
        "end": moment_in_words(end) if end else "",
    }
    paragraphs = [
        _("The volunteer centre thinks that “%(role)s” of %(group)s may suit you.") % names,
        selectors.fit_for(suggestion.volunteer, role).summary,
        _(
            "What to do next: say yes or no thanks by %(end)s. The group learns nothing about you "
            "before you say yes."
        )
        % names,
    ]
    notify(
        recipient=suggestion.volunteer.user,
        kind="suggestion",
        key=key_of(suggestion),
        subject=subject_line(_("The volunteer centre suggests: “%(role)s”"), names),
        body="\n\n".join(filter(None, paragraphs)),
        link=f"/me/suggestions/{suggestion.pk}/",
    )


@in_language_of(lambda suggestion: suggestion.volunteer.user)
def _tell_over(suggestion: Suggestion) -> None:
    """A suggestion ended by itself. Who was suspended or paused meanwhile is left in peace."""
    volunteer, role = suggestion.volunteer, suggestion.opportunity
    if volunteer.paused_at is not None or not volunteer.user.is_active:
        return
    names = {"role": role.title, "group": role.organisation.name}
    notify(
        recipient=volunteer.user,
        kind="suggestion.lapsed",
        key=f"{key_of(suggestion)}:lapsed",
        subject=subject_line(_("The time to answer is over: “%(role)s”"), names),
        body=_(
            "The volunteer centre suggested “%(role)s” of %(group)s to you, and had no answer "
            "within a week. The group learned nothing about you.\n\n"
            "What you can do next: look at the role and ask for it, as long as it is open. If you "
            "do not look for a role now, pause: then we suggest nothing."
        )
        % names,
        link=f"/roles/{role.pk}/",
    )
