"""What groups said, in a year, of how the public bodies around them influence their success."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from core.clock import LONDON, today
from core.disclosure import FEWEST
from insights.models import YearlyQuestion
from insights.periods import Period
from opportunities.models import Organisation
from opportunities.yearly_question import QUESTION, Answer

__all__ = [
    "QUESTION",
    "YearlyResult",
    "answer_of",
    "asked_again_on",
    "earlier_result",
    "open_question",
    "yearly_result",
]

#: Fewer answers are not shown, nor those of fewer than one in so many of the groups asked.
FEWEST_REPLIES, FEWEST_IN = 20, 5
_POSITIVE = (Answer.VERY_POSITIVE, Answer.POSITIVE)
_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class YearlyResult:
    """The answers of a year. asked: groups it was put to; replies: of them that answered, with an
    opinion or without (`unsure`). is_open: whether groups can still answer: nothing of what they
    say is shown until then, since one answer more would say what that one was. answers: label and
    number of groups of each answer; none where one of them is of 1 to 7 groups. Groups were told
    that nobody reads theirs, so their answers are kept as people's are.
    """

    year: Period
    asked: int
    replies: int
    unsure: int
    answers: tuple[tuple[str, int], ...]
    positive: int
    is_open: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether enough groups replied for the result to be shown, and none stands out."""
        enough = self.replies >= FEWEST_REPLIES and self.replies * FEWEST_IN >= self.asked
        stands_out = not _tell_nobody(self.positive, self.replies - self.positive)
        return enough and not self.is_open and not stands_out

    @property
    def reply_rate(self) -> int | None:
        """Per cent of the groups asked; None where nobody was asked."""
        return round(_PER_CENT * self.replies / self.asked) if self.asked else None

    @property
    def score(self) -> int | None:
        """Per cent of all replies that are positive or very positive; None where too few."""
        return round(_PER_CENT * self.positive / self.replies) if self.is_enough else None

    @property
    def score_of_opinions(self) -> int | None:
        """The same of the replies that say what they think; None where too few."""
        opinions = self.replies - self.unsure
        told = _tell_nobody(self.unsure, opinions, opinions - self.positive)
        if not self.is_enough or not opinions or not told:
            return None
        return round(_PER_CENT * self.positive / opinions)

    @property
    def sentences(self) -> list[str]:
        """What the groups said, with both bases."""
        said = [
            _("%(asked)s groups were asked, and %(replies)s replied (%(rate)s%%).")
            % {"asked": self.asked, "replies": self.replies, "rate": self.reply_rate or 0}
        ]
        if self.is_open:
            said.append(_("Groups can still answer: what they say is shown afterwards."))
            return said
        if self.score is None:
            said.append(_("Too few replied for their answers to be shown."))
            return said
        said.append(
            _("%(score)s%% of those who replied said “positive” or “very positive”.")
            % {"score": self.score}
        )
        if self.unsure and self.score_of_opinions is not None:
            said.append(
                _("Of those who had an opinion it was %(score)s%%.")
                % {"score": self.score_of_opinions}
            )
        return said


def yearly_result(year: Period) -> YearlyResult | None:
    """The result of a year; None where the question was not put. Two queries."""
    question = YearlyQuestion.objects.filter(year=year.code).first()
    return _result(question) if question else None


def earlier_result(year: Period) -> YearlyResult | None:
    """The result of the last year before this in which the question was put; None where there is
    none. Two queries.
    """
    question = YearlyQuestion.objects.filter(year__lt=year.code).first()
    return _result(question) if question else None


def _result(question: YearlyQuestion) -> YearlyResult:
    counted = question.answers.values_list("answer").annotate(groups=Count("pk"))
    counts = dict(counted.order_by())
    replies = sum(counts.values())
    enough = replies >= FEWEST_REPLIES and _tell_nobody(*counts.values())
    labels = Answer.choices if enough and not question.is_open else []
    return YearlyResult(
        year=Period.of_code(question.year),
        asked=question.asked,
        replies=replies,
        unsure=counts.get(Answer.DONT_KNOW, 0),
        answers=tuple((str(label), counts.get(code, 0)) for code, label in labels),
        positive=sum(counts.get(code, 0) for code in _POSITIVE),
        is_open=question.is_open,
    )


def _tell_nobody(*counts: int) -> bool:
    """Whether each of these is of no group, or of enough that none is told from the others."""
    return all(not count or count >= FEWEST for count in counts)


def open_question() -> YearlyQuestion | None:
    """The question that can be answered today; None where there is none. One query."""
    return YearlyQuestion.objects.open().first()


def put_to(organisation: Organisation) -> YearlyQuestion | None:
    """The question that a group was asked and can answer today, answered or not; None where there
    is none. One query.
    """
    if not organisation.is_verified or organisation.verified_at is None:
        return None
    verified_on = organisation.verified_at.astimezone(LONDON).date()
    asked = YearlyQuestion.objects.open().filter(opens__gte=verified_on)
    return asked.first()


def asked_again_on() -> date | None:
    """The day on which the question next opens by itself; None where it was never put. One
    query.
    """
    last = YearlyQuestion.objects.first()
    if last is None:
        return None
    year = Period.year_of(today())
    if last.year >= year.code:
        year = Period.year_of(year.end)
    # What was missed opens as soon as the service gets to it.
    return max(last.day_in(year), today())


def answer_of(question: YearlyQuestion, organisation: Organisation) -> str:
    """What a group has answered; '' where it has not. One query."""
    found = question.answers.filter(organisation=organisation).values_list("answer", flat=True)
    return found.first() or ""
