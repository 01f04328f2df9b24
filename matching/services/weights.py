"""Learn the weights of the ranking, look at the versions, and go back to one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound
from matching import policies
from matching.models import LearnedWeights
from matching.recommender import weights_in_use

#: The number by which the priors are known: learned versions count from 1.
PRIORS = 0


@dataclass(frozen=True)
class Lesson:
    """What learning came to: `verdict` as in `matching.ranking.learning`, from how many `outcomes`
    of `showings` that could be read, and the version that was kept, if any.
    """

    verdict: str
    showings: int
    outcomes: int
    needed: int
    version: LearnedWeights | None


def learn(by: User | None) -> Lesson:
    """Learn from everything that is remembered, and take it into use if it is no worse than what is
    in use. `by` None: the service itself. Raises NotFound for whoever may not.
    """
    _check(by)
    # It loads scipy and scikit-learn, which whoever only looks at versions does without.
    from matching.recommender import learning  # noqa: PLC0415

    prepared = learning.prepare()
    version = learning.write(prepared, by=by)
    return Lesson(
        str(prepared.learned.verdict),
        prepared.showings,
        prepared.learned.outcomes,
        prepared.needed,
        version,
    )


def go_back(number: int | None = None, *, by: User | None) -> tuple[int, int]:
    """Rank with an older version again: that of a `number`, `PRIORS` for the priors, None for the
    one before the version in use. Gives the number in use until now, and the one now.

    Raises NotFound where there is none, and for whoever may not.
    """
    _check(by)
    active = weights_in_use.active_version()
    if number is None:
        if active is None:
            raise NotFound(_("The priors are in use: there is nothing before them."))
        before = active.replaced
    else:
        before = LearnedWeights.objects.filter(pk=number).first()
        if before is None and number != PRIORS:
            raise NotFound(_("There is no such version."))
    was, now_is = weights_in_use.go_back(before, by=by)
    return _number(was), _number(now_is)


def _number(version: LearnedWeights | None) -> int:
    return version.pk if version else PRIORS


def _check(by: User | None) -> None:
    if by is not None:
        policies.check_can_rank(by)
