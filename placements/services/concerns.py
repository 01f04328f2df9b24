"""Tell the volunteer centre of a concern, and write down what it does about it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import each_in_their_language
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity, Organisation
from placements.models import Application, Concern, ConcernNote, Message
from placements.models.concern import CONCERN_LENGTH

#: Somebody who is signed in reports no more than this within a day.
MOST_A_DAY = 20
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a concern is about: as much of it as there is."""

    opportunity: Opportunity | None = None
    organisation: Organisation | None = None
    person: User | None = None
    message: Message | None = None

    @classmethod
    def role(cls, role: Opportunity) -> "Subject":
        return cls(opportunity=role, organisation=role.organisation)

    @classmethod
    def group(cls, group: Organisation) -> "Subject":
        return cls(organisation=group)

    @classmethod
    def applicant(cls, application: Application) -> "Subject":
        """The person who asked for a role."""
        role = application.opportunity
        return cls(role, role.organisation, application.volunteer.user)

    @classmethod
    def written(cls, message: Message) -> "Subject":
        """A message, and whoever said it: on the person's side the person, also where the
        volunteer centre wrote it down for them."""
        role = message.application.opportunity
        by_person = message.side == Message.Side.VOLUNTEER
        author = message.application.volunteer.user if by_person else message.author
        return cls(role, role.organisation, author, message)


@transaction.atomic
def report(
    *, about: Subject, kind: str, words: str, contact: str = "", reporter: User | None
) -> Concern:
    """Tell the volunteer centre; everybody there is told at once. `reporter` is None for who is not
    signed in.

    Raises InvalidInput field by field, Conflict for who reports too much within a day.
    """
    if kind not in Concern.Kind.values:
        raise received.refuse("kind", _("Choose what it is about."))
    concern = Concern(
        kind=kind,
        words=_checked(words, needed=True),
        contact=contact.strip(),
        reporter=reporter,
        opportunity=about.opportunity,
        organisation=about.organisation,
        person=about.person,
        message=about.message,
    )
    if reporter is not None and _said_lately(reporter) >= MOST_A_DAY:
        raise Conflict(
            _("You have told us of %(count)s concerns within a day. Please call us.")
            % {"count": MOST_A_DAY},
            code="too_many_concerns",
        )
    received.check(concern, exclude={"reporter", "person"})
    concern.save()
    audit.record(by=reporter, action="concern.reported", subject=concern, kind=kind)
    _tell_brokers(concern)
    return concern


@transaction.atomic
def look_at(*, concern: Concern, by: User) -> None:
    """Say that somebody looks at it. Raises Conflict where it is not new any more."""
    done = Concern.objects.filter(pk=concern.pk, state=Concern.State.NEW).update(
        state=Concern.State.LOOKED_AT, updated_at=now()
    )
    concern.refresh_from_db()
    if not done:
        raise _too_late(concern)
    audit.record(by=by, action="concern.looked_at", subject=concern)


@transaction.atomic
def note(*, concern: Concern, words: str, told: str, by: User) -> ConcernNote:
    """Write down what was done, and who was told. Raises InvalidInput where it says nothing."""
    if told not in ConcernNote.Told.values:
        raise received.refuse("told", _("Choose who was told."))
    written = ConcernNote.objects.create(
        concern=concern,
        author=by,
        at=now(),
        told=told,
        words=_checked(words, needed=not told),
    )
    mark_looked_at(concern)
    audit.record(by=by, action="concern.noted", subject=concern, told=told)
    return written


def mark_looked_at(concern: Concern) -> None:
    """A new concern is not new any more once something was done about it."""
    Concern.objects.filter(pk=concern.pk, state=Concern.State.NEW).update(
        state=Concern.State.LOOKED_AT, updated_at=now()
    )
    concern.refresh_from_db()


@transaction.atomic
def close(*, concern: Concern, outcome: str, by: User) -> None:
    """Be done with it. Raises InvalidInput for an outcome that is not one, Conflict where it is
    closed already."""
    if outcome not in Concern.Outcome.values:
        raise received.refuse("outcome", _("Choose what came of it."))
    done = (
        Concern.objects.filter(pk=concern.pk)
        .exclude(state=Concern.State.CLOSED)
        .update(state=Concern.State.CLOSED, outcome=outcome, closed_at=now(), updated_at=now())
    )
    concern.refresh_from_db()
    if not done:
        raise _too_late(concern)
    audit.record(by=by, action="concern.closed", subject=concern, outcome=outcome)


@transaction.atomic
def reopen(*, concern: Concern, by: User) -> None:
    """Take up a closed concern again. Raises Conflict where it is not closed."""
    done = Concern.objects.filter(pk=concern.pk, state=Concern.State.CLOSED).update(
        state=Concern.State.LOOKED_AT, outcome="", closed_at=None, updated_at=now()
    )
    concern.refresh_from_db()
    if not done:
        raise _too_late(concern)
    audit.record(by=by, action="concern.reopened", subject=concern)


def _said_lately(reporter: User) -> int:
    return Concern.objects.filter(reporter=reporter, created_at__gt=now() - _DAY).count()


def _checked(words: str, *, needed: bool) -> str:
    words = words.strip()
    if needed and not words:
        raise received.refuse("words", _("Say what happened."))
    if len(words) > CONCERN_LENGTH:
        raise received.refuse(
            "words", _("Write no more than %(count)s characters.") % {"count": CONCERN_LENGTH}
        )
    return words


def _too_late(concern: Concern) -> Conflict:
    return Conflict(
        _("This cannot be done any more: it now says “%(state)s”.")
        % {"state": concern.get_state_display()},
        code="wrong_state",
    )


def _tell_brokers(concern: Concern) -> None:
    """Tell everybody at the volunteer centre; what was said stands on the desk alone."""
    brokers = User.objects.filter(staff_role=User.StaffRole.BROKER, is_active=True)
    for broker in each_in_their_language(brokers.order_by("pk")):
        names = {"kind": concern.get_kind_display()}
        notify(
            recipient=broker,
            kind="concern.new",
            key=f"concern:{concern.pk}:{broker.pk}",
            subject=_("Urgent concern: somebody may come to harm")
            if concern.is_urgent
            else subject_line(_("A new concern: %(kind)s"), names),
            body=_(
                "Somebody told us of a concern: %(kind)s.\n\n"
                "What to do next: read it on the desk, and say there what was done."
            )
            % names,
            link=f"/desk/concerns/{concern.pk}/",
        )
