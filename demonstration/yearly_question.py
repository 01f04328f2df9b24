"""What groups said of the public bodies around them: last year, and this year so far."""

from datetime import datetime, time, timedelta

from core.clock import LONDON
from demonstration.logins import GROUP_LOGINS
from demonstration.written import Written
from insights.models import YearlyAnswer, YearlyQuestion
from insights.periods import Period
from insights.services.yearly_question import OPEN_FOR
from opportunities.yearly_question import Answer

#: Days ago on which groups were asked, last year and this.
ASKED = (365, 12)
#: What part of groups replies.
REPLIES = 0.45
#: How many of 100 replies say what.
_SAID: dict[str, int] = {
    Answer.VERY_POSITIVE: 6,
    Answer.POSITIVE: 24,
    Answer.NEITHER: 36,
    Answer.NEGATIVE: 16,
    Answer.VERY_NEGATIVE: 5,
    Answer.DONT_KNOW: 13,
}


def write(written: Written) -> None:
    """Write the questions and their answers, before the audit trail is written. The groups of the
    logins have not answered this year's.
    """
    for days in ASKED:
        asked_at = written.plan.at_work(written.plan.ago(days))
        year = Period.year_of(asked_at.astimezone(LONDON).date()).code
        if not YearlyQuestion.objects.filter(year=year).exists():
            _ask(written, year, asked_at)


def _ask(written: Written, year: str, asked_at: datetime) -> None:
    opens = asked_at.astimezone(LONDON).date()
    asked = {
        number: group
        for number, group in written.groups.items()
        if group.verified_at is not None and group.verified_at.date() <= opens
    }
    question = YearlyQuestion.objects.create(
        year=year, opens=opens, closes=opens + OPEN_FOR, asked=len(asked)
    )
    by = written.staff["delivery"]
    written.note("yearly_question.asked", question, by=by, at=asked_at, asked=len(asked))
    chance = written.plan.chance(f"yearly question {year}")
    is_open = question.closes >= written.plan.end.date()
    silent = _of_logins(written) if is_open else set()
    rows = []
    for number, group in asked.items():
        says = chance.random() < REPLIES
        (answer,) = chance.choices(list(_SAID), weights=list(_SAID.values()))
        day = opens + timedelta(days=chance.randrange(1, OPEN_FOR.days))
        at = datetime.combine(day, time(10, 30), LONDON)
        if not says or at > written.plan.end or number in silent:
            continue
        member = written.members[number][0]
        rows.append(
            YearlyAnswer(
                question=question,
                organisation=group,
                answer=answer,
                answered_at=at,
                answered_by=member,
            )
        )
        written.note("yearly_question.answered", group, by=member, at=at, year=year)
    YearlyAnswer.objects.bulk_create(rows)


def _of_logins(written: Written) -> set[int]:
    """The numbers of the groups that somebody can sign in for."""
    logins = {login.email for login in GROUP_LOGINS}
    return {
        number
        for number, members in written.members.items()
        if any(member.email in logins for member in members)
    }
