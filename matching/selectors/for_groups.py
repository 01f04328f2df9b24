"""What the ranking prepared for groups and the volunteer centre, as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.clock import now
from core.errors import NotFound
from matching import hiding, wording
from matching.models import Fit, LearnedWeights, RankingRun, Shortlist
from matching.recommender.items import Item
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from volunteers.models import Volunteer

#: Who has waited this long for an answer comes before who suits the role better.
WAITED_LONG = timedelta(days=5)


@dataclass(frozen=True)
class Applicant:
    """One person who asked for a role. `rank` counts from 1 among those who wait for an answer and
    whose fit is prepared; reasons and warnings are about them, for the group.
    """

    application: Application
    rank: int | None
    reasons: list[str]
    warnings: list[str]


def applicants_for(role: Opportunity, *, also_over: bool = True) -> list[Applicant]:
    """Everybody who asked for a role; without those whose application is over, if not `also_over`.
    Two queries.

    First who has had no answer for five days or more, longest first; then who else waits for one,
    best suited first; then who was asked to talk, longest ago first; then the others, latest first.
    """
    asked = role.applications.select_related("volunteer__user").order_by("-state_since")
    applications = list(asked if also_over else asked.exclude(state__in=sorted(states.FINAL)))
    fits = {fit.volunteer_id: fit for fit in Fit.objects.filter(opportunity=role)}
    pending = [a for a in applications if a.state in states.PENDING]
    best = sorted(
        (a for a in pending if a.volunteer_id in fits),
        key=lambda a: (-fits[a.volunteer_id].score, a.pk),
    )
    ranks = {a.pk: rank for rank, a in enumerate(best, start=1)}
    day = now()

    def place(application: Application) -> tuple[int, float]:
        if application.state == states.State.INVITED:
            return 2, application.state_since.timestamp()
        if day - application.created_at >= WAITED_LONG:
            return 0, application.created_at.timestamp()
        # Those whose fit is still being worked out come in the order in which they asked.
        return 1, ranks.get(application.pk, len(ranks) + application.pk)

    answered = [a for a in applications if a.state not in states.PENDING]
    return [_applicant(a, fits, ranks.get(a.pk)) for a in (*sorted(pending, key=place), *answered)]


@dataclass(frozen=True)
class SuitedPerson:
    """One person of a role's shortlist, with the reasons about them."""

    volunteer: Volunteer
    rank: int
    reasons: list[str]


def suited_people(role: Opportunity) -> list[SuitedPerson]:
    """The people who wait for a role and whom this one suits best, for the volunteer centre. Two
    queries. Who was placed, paused, asked for it or hid it since is left out.
    """
    shortlist = Shortlist.objects.filter(opportunity=role).first()
    items: Sequence[Item] = shortlist.items if shortlist else ()
    waiting = (
        Volunteer.objects.waiting()
        .filter(pk__in=[item["volunteer"] for item in items])
        .exclude(applications__opportunity=role)
        .exclude(pk__in=hiding.who_hid(role))
        .exclude(blocks__organisation=role.organisation_id)
        .select_related("user")
    )
    people = waiting.in_bulk() if items else {}
    still = [item for item in items if item["volunteer"] in people]
    return [
        SuitedPerson(people[item["volunteer"]], rank, wording.reasons_about(item["reasons"]))
        for rank, item in enumerate(still, start=1)
    ]


def latest_runs(count: int = 10) -> QuerySet[RankingRun]:
    """The latest full rankings, newest first, with who asked for them."""
    return RankingRun.objects.select_related("requested_by")[:count]


def model_history() -> QuerySet[LearnedWeights]:
    """All versions of learned weights, newest first, with who changed them last."""
    return LearnedWeights.objects.select_related("by", "replaced")


def model_version(number: int) -> LearnedWeights:
    """One version of learned weights. Raises NotFound where there is none."""
    if version := model_history().filter(pk=number).first():
        return version
    raise NotFound(_("There is no such version."))


def _applicant(application: Application, fits: Mapping[int, Fit], rank: int | None) -> Applicant:
    fit = fits.get(application.volunteer_id)
    item: Item = fit.item if fit else {"reasons": [], "failed": []}
    return Applicant(
        application,
        rank,
        wording.reasons_about(item["reasons"]),
        list(filter(None, (wording.warning_about(code) for code in item["failed"]))),
    )
