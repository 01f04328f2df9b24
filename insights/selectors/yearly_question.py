"""What groups said, in a year, of how the public bodies around them influence their success."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.disclosure import FEWEST
from insights.models import YearlyAnswer, YearlyQuestion
from insights.periods import Period
from opportunities.models import Organisation

#: The question, word for word.
QUESTION = gettext_lazy(
    "Taking everything into account, overall, how do the statutory bodies in your local area "
    "influence your organisation’s success?"
)
_POSITIVE = (YearlyAnswer.Answer.VERY_POSITIVE, YearlyAnswer.Answer.POSITIVE)
_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class YearlyResult:
    """The answers of a year. asked: groups it was put to; replies: of them that answered, with an
    opinion or without (`unsure`). answers: label and number of groups of each answer; none where
    fewer than 8 groups replied, so that no group's answer shows.
    """

    year: Period
    asked: int
    replies: int
    unsure: int
    answers: tuple[tuple[str, int], ...]
    positive: int

    @property
    def is_enough(self) -> bool:
        """Whether enough groups replied for the result to be shown."""
        return self.replies >= FEWEST

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
        return round(_PER_CENT * self.positive / opinions) if opinions >= FEWEST else None

    @property
    def sentences(self) -> list[str]:
        """What the groups said, with both bases."""
        said = [
            _("%(asked)s groups were asked, and %(replies)s replied (%(rate)s%%).")
            % {"asked": self.asked, "replies": self.replies, "rate": self.reply_rate or 0}
        ]
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
    if question is None:
        return None
    counted = question.answers.values_list("answer").annotate(groups=Count("pk"))
    counts = dict(counted.order_by())
    replies = sum(counts.values())
    labels = YearlyAnswer.Answer.choices if replies >= FEWEST else []
    return YearlyResult(
        year=year,
        asked=question.asked,
        replies=replies,
        unsure=counts.get(YearlyAnswer.Answer.DONT_KNOW, 0),
        answers=tuple((str(label), counts.get(code, 0)) for code, label in labels),
        positive=sum(counts.get(code, 0) for code in _POSITIVE),
    )


def open_question() -> YearlyQuestion | None:
    """The question that can be answered today; None where there is none. One query."""
    return YearlyQuestion.objects.open().first()


def waiting_for(organisation: Organisation) -> YearlyQuestion | None:
    """The question that a group was asked and has not answered; None where there is none. One
    query.
    """
    if not organisation.is_verified or organisation.verified_at is None:
        return None
    asked = YearlyQuestion.objects.open().filter(opens__gte=organisation.verified_at.date())
    return asked.exclude(answers__organisation=organisation).first()


def answer_of(question: YearlyQuestion, organisation: Organisation) -> str:
    """What a group has answered; '' where it has not. One query."""
    found = question.answers.filter(organisation=organisation).values_list("answer", flat=True)
    return found.first() or ""
