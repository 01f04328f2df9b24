"""After one month and after three: "still going?" One message, one tap, and never twice.

Who has a place and was never marked as started is asked so long after the place became theirs.
"""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.utils.translation import gettext as _

from accounts.languages import in_language_of
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict, NotFound
from core.outbox import facts
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.selectors import each_member
from placements import states
from placements.models import Application, StillGoing
from placements.services import applications, locks
from placements.states import Mover, State
from volunteers.models import Volunteer

#: Months → days after the start from which on, and until which, people are asked.
WHEN: dict[int, tuple[timedelta, timedelta]] = {
    1: (timedelta(days=30), timedelta(days=75)),
    3: (timedelta(days=91), timedelta(days=150)),
}
_THERE_SINCE = Case(When(state=State.STARTED, then=F("started_at")), default=F("state_since"))
#: So long after it was asked it can be answered.
TIME_TO_ANSWER = timedelta(days=60)
WORDS_LENGTH = 1000
_signer = Signer(salt="placements.still_going", sep=".")


def ask_due() -> int:
    """Ask everybody whose time has come; give how many. Safe to run at any time and again."""
    asked = 0
    at = now()
    for months, (first, last) in WHEN.items():
        due = (
            Application.objects.placed()
            .annotate(there_since=_THERE_SINCE)
            .filter(there_since__lte=at - first, there_since__gt=at - last)
            .exclude(still_going__months__gte=months)
            .select_related("volunteer__user", "opportunity__organisation")
        )
        for application in due.iterator():
            asked += _ask(application, months)
    return asked


def address_of(question: StillGoing) -> str:
    """Give the path at which a question is answered, without signing in."""
    return f"/still-going/{_signer.sign(str(question.pk))}/"


def question_with(answer: str) -> StillGoing:
    """Give the question that an address is about. Raises NotFound where there is none, or its time
    is over."""
    try:
        number = int(_signer.unsign(answer))
    except (BadSignature, ValueError) as error:
        raise _not_there() from error
    question = (
        StillGoing.objects.filter(pk=number, asked_at__gt=now() - TIME_TO_ANSWER)
        .select_related("application__opportunity__organisation", "application__volunteer__user")
        .first()
    )
    if question is None:
        raise _not_there()
    return question


def is_open(question: StillGoing) -> bool:
    """Whether it can be answered: not yet answered, and the place is not over."""
    return question.answered_at is None and question.application.state in states.PLACED


def asked_of(volunteer: Volunteer) -> QuerySet[StillGoing]:
    """Give the questions to a person whose time is not over, with roles; also answered ones."""
    return StillGoing.objects.filter(
        application__volunteer=volunteer, asked_at__gt=now() - TIME_TO_ANSWER
    ).select_related("application__opportunity")


def open_for(volunteer: Volunteer) -> QuerySet[StillGoing]:
    """Give the questions that a person can answer, with roles."""
    return asked_of(volunteer).filter(
        application__state__in=sorted(states.PLACED), answered_at=None
    )


@transaction.atomic
def say_yes(*, question: StillGoing, by: User | None) -> None:
    """The person is still there, which starts their place where nobody had said so. Raises Conflict
    where that was answered already.
    """
    _answer(question, still_there=True, by=by)
    if question.application.state == State.ACCEPTED:
        applications.start(application=question.application, by=by)
    # After three months it teaches the ranking.
    facts.state("application.changed", question.application_id)


@transaction.atomic
def say_no(
    *,
    question: StillGoing,
    reason: str,
    words: str = "",
    share_words: bool = False,
    looks_again: bool = True,
    by: User | None,
) -> None:
    """The person has stopped, which ends their place. The group is told that, and reads the words
    only if the person shares them. Raises Conflict where that was answered already.
    """
    words = words.strip()
    if len(words) > WORDS_LENGTH:
        raise received.refuse(
            "words", _("Write no more than %(count)s characters.") % {"count": WORDS_LENGTH}
        )
    share_words = share_words and bool(words)
    locks.role(question.application.opportunity_id)
    _answer(question, still_there=False, words=words, share_words=share_words, by=by)
    applications.end(
        application=question.application,
        reason=reason,
        side=Mover.VOLUNTEER,
        looks_again=looks_again,
        by=by,
    )
    if share_words:
        _tell_words(question, words)


@in_language_of(lambda application: application.volunteer.user)
def _ask(application: Application, months: int) -> int:
    with transaction.atomic():
        question, made = StillGoing.objects.get_or_create(application=application, months=months)
        if not made:
            return 0
        role = application.opportunity
        names = {"role": role.title, "group": role.organisation.name}
        subject, body = _texts(started=application.state == State.STARTED)
        notify(
            recipient=application.volunteer.user,
            kind="still_going",
            key=f"still-going:{question.pk}",
            subject=subject_line(subject, names),
            body=body % names,
            link=address_of(question),
        )
        audit.record(by=None, action="still_going.asked", subject=application, months=months)
    return 1


def _texts(*, started: bool) -> tuple[str, str]:
    """Subject and text."""
    if started:
        return _("Are you still going with “%(role)s”?"), _(
            "You started with %(group)s a while ago. Is it going well?\n\n"
            "Please open the page and press yes or no: it takes a moment. "
            "We ask this after one month and after three, and not again."
        )
    return _("Have you started with “%(role)s”?"), _(
        "You have had a place with %(group)s for a while, and nobody has told us whether you have "
        "started.\n\n"
        "Please open the page and press yes or no: it takes a moment. "
        "We ask this after one month and after three, and not again."
    )


def _answer(
    question: StillGoing,
    *,
    still_there: bool,
    words: str = "",
    share_words: bool = False,
    by: User | None,
) -> None:
    if not is_open(question) or not StillGoing.objects.filter(
        pk=question.pk, answered_at=None
    ).update(answered_at=now(), still_there=still_there, words=words, share_words=share_words):
        raise Conflict(_("You have answered this already. Thank you."), code="answered")
    audit.record(
        by=by, action="still_going.answered", subject=question.application, yes=still_there
    )


def _tell_words(question: StillGoing, words: str) -> None:
    application = question.application
    role = application.opportunity
    for member in each_member(role.organisation):
        name = application.volunteer.user.first_name or _("A volunteer")
        names = {"name": name, "role": role.title, "words": words}
        subject = _("%(name)s writes why they stopped with “%(role)s”")
        if application.started_at is None:
            subject = _("%(name)s writes why they do not volunteer in “%(role)s”")
        notify(
            recipient=member,
            kind="still_going.words",
            key=f"still-going:{question.pk}:words:{member.pk}",
            subject=subject_line(subject, names),
            body=_("%(name)s wants you to read this:\n\n%(words)s") % names,
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/volunteers/",
        )


def _not_there() -> NotFound:
    return NotFound(_("This question is not open any more."))
