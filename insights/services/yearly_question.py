"""Ask groups, once a year, how the public bodies around them influence their success.

The delivery group asks for the first time; from then on the question opens by itself, each year on
the same day.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import LONDON, now, today
from core.errors import Conflict
from core.outbox import facts
from core.outbox.leases import Lease
from insights import policies
from insights.models import YearlyAnswer, YearlyQuestion
from insights.periods import Period
from notifications.services.messages import notify
from opportunities.models import Organisation
from opportunities.selectors import each_member
from opportunities.yearly_question import Answer, asked_body, asked_subject

#: Groups can answer for so long.
OPEN_FOR = timedelta(weeks=6)


@transaction.atomic
def ask(*, by: User) -> YearlyQuestion:
    """Put the question of this year to every verified group, for six weeks from today.

    Raises NotFound for whoever may not steer, Conflict where it was put this year already.
    """
    policies.check_can_steer(by)
    question = _open(by)
    if question is None:
        raise Conflict(_("Groups have been asked this year already."))
    return question


@transaction.atomic
def ask_due(lease: Lease | None = None) -> bool:
    """Put this year's question where an earlier year's was put and the same day has come again;
    give whether it was. What a service that was down missed is put when it is up again, within the
    year. Safe to run at any time and again.
    """
    year = Period.year_of(today())
    last = YearlyQuestion.objects.first()
    if last is None or last.year >= year.code or today() < last.day_in(year):
        return False
    if lease is not None:
        lease.check()
    return _open(None) is not None


def _open(by: User | None) -> YearlyQuestion | None:
    """This year's question, opened today; None where it was opened before. by: None for the
    service itself.
    """
    day = today()
    try:
        with transaction.atomic():
            question = YearlyQuestion.objects.create(
                year=Period.year_of(day).code,
                opens=day,
                closes=day + OPEN_FOR,
                asked=Organisation.objects.verified().count(),
            )
    except IntegrityError:
        return None
    audit.record(by=by, action="yearly_question.asked", subject=question, asked=question.asked)
    facts.state("yearly_question.opened", question.pk)
    return question


def tell_groups(question_id: int, lease: Lease) -> int:
    """Tell whoever acts for a group that it is asked; give how many groups. Each is told once,
    however often it is run; nobody is once the question is closed. Each group is a transaction of
    its own, so that a worker that dies has others go on behind it.
    """
    question = YearlyQuestion.objects.open().filter(pk=question_id).first()
    if question is None:
        return 0
    groups = [one for one in Organisation.objects.verified() if was_asked(question, one)]
    for group in groups:
        with transaction.atomic():
            lease.check()
            _tell(group, question)
    return len(groups)


def _tell(group: Organisation, question: YearlyQuestion) -> None:
    for member in each_member(group):
        notify(
            recipient=member,
            kind="yearly_question.asked",
            key=f"yearly_question.asked:{question.year}:{group.pk}:{member.pk}",
            subject=asked_subject(),
            body=asked_body(),
            link=f"/groups/{group.pk}/question/",
        )


@transaction.atomic
def answer(*, question: YearlyQuestion, organisation: Organisation, answer: str, by: User) -> None:
    """Say what a group thinks; it may change its mind while the question is open. The trail notes
    that it answered, and not what.

    Raises Conflict where the question is closed or was not put to the group, InvalidInput for an
    answer that there is none of.
    """
    if not question.is_open or not was_asked(question, organisation):
        raise Conflict(_("This question cannot be answered now."))
    if answer not in Answer.values:
        raise received.refuse("answer", _("Choose one of the answers."))
    YearlyAnswer.objects.update_or_create(
        question=question,
        organisation=organisation,
        defaults={"answer": answer, "answered_at": now(), "answered_by": by},
    )
    audit.record(by=by, action="yearly_question.answered", subject=organisation, year=question.year)


def was_asked(question: YearlyQuestion, organisation: Organisation) -> bool:
    """Whether a group is one of those that the question was put to: verified by the day on which it
    opened, and not stopped.
    """
    return (
        organisation.is_verified
        and organisation.verified_at is not None
        and organisation.verified_at.astimezone(LONDON).date() <= question.opens
    )
