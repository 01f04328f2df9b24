"""Ask what would happen if, and find it out by simulated seasons."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from secrets import randbits
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import LONDON, now
from core.errors import Conflict, InvalidInput
from core.outbox import facts
from core.outbox.leases import Lease
from core.places.wards import WARDS
from insights import policies
from insights.models import RolePlan, Simulation
from insights.periods import Period
from insights.proposed_roles import TIME_LABELS, ProposedRole
from matching import recommender
from matching.datasets import tags
from matching.recommender.asked import Added
from volunteers.policies import CONFIRMED_WITHIN

#: Simulations of one person that may wait or go on at once.
MOST_AT_ONCE = 2
#: One that is not finished after so long is not waited for.
GOES_ON_FOR = timedelta(days=1)
#: Seasons of each: enough for an interval, few enough for some minutes. Fewer places than `MANY`
#: make a difference as small as that between two seasons by chance, and need more of them.
SEASONS, MANY, SEASONS_OF_FEW = 10, 50, 40
MOST_PLACES = 100
_SEED_BITS = 48
_WRITTEN = ["people", "places", "seasons", "gain", "finished_at"]
_WARDS = frozenset({"", *(ward.code for ward in WARDS)})


def ask_for_plan(*, answer_soon: bool = False, by: User) -> Simulation:
    """Ask what the roles of the newest plan would bring; see `ask`."""
    plan = RolePlan.objects.first()
    if plan is None or not plan.roles:
        raise Conflict(_("There is no plan of roles yet."))
    return ask(roles=_roles_of(plan), of_plan=True, answer_soon=answer_soon, by=by)


@transaction.atomic
def ask(
    *,
    roles: Sequence[tuple[ProposedRole, int]] = (),
    of_plan: bool = False,
    answer_soon: bool = False,
    by: User,
) -> Simulation:
    """Ask what added roles, with so many places each, or quick answers would bring.

    Raises NotFound for whoever may not steer, InvalidInput where nothing would change or a role
    cannot be, Conflict where too many of theirs are not finished.
    """
    policies.check_can_steer(by)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if going_on(by).count() >= MOST_AT_ONCE:
        raise Conflict(
            _("%(count)s of your simulations are not finished. Wait for one, or call one off.")
            % {"count": MOST_AT_ONCE}
        )
    if not roles and not answer_soon:
        raise InvalidInput(_("Choose what would change."))
    for role, places in roles:
        _check(role, places)
    made = _new(roles, of_plan=of_plan, answer_soon=answer_soon, by=by)
    made.save()
    _asked(made, by=by)
    return made


def going_on(by: User) -> QuerySet[Simulation]:
    """Those that this person asked for and that wait or run. One that failed for good, and was set
    aside, does not keep them from asking for ever.
    """
    return Simulation.objects.unfinished().filter(asked_by=by, asked_at__gt=now() - GOES_ON_FOR)


@transaction.atomic
def ask_of_month(plan_id: int, lease: Lease) -> None:
    """Ask, once for each month, what the roles of its plan would bring and what quick answers
    would, so that the two can be set side by side. Nothing where the plan is gone, or it was asked
    before.
    """
    plan = RolePlan.objects.filter(pk=plan_id).first()
    if plan is None:
        return
    month = Period.month_of(plan.made_at.astimezone(LONDON).date()).code
    lease.check()
    # Whoever comes second finds them: one of a kind for each month.
    if Simulation.objects.filter(of_month=month).exists():
        return
    for made in (
        _new(_roles_of(plan), of_plan=True, answer_soon=False, by=None),
        _new((), of_plan=False, answer_soon=True, by=None),
    ):
        made.of_month = month
        made.save()
        _asked(made, by=None)


@transaction.atomic
def call_off(*, simulation: Simulation, by: User) -> None:
    """Stop a simulation that goes on, and forget it; its job ends with the season that it is at.
    Again it changes nothing.

    Raises NotFound for whoever may not steer, Conflict for one that is finished and for those of
    each month, which everybody reads.
    """
    policies.check_can_steer(by)
    row = Simulation.objects.select_for_update(no_key=True).filter(pk=simulation.pk).first()
    if row is None:
        return
    if row.is_finished:
        raise Conflict(_("This simulation is finished."))
    if row.of_month:
        raise Conflict(_("This simulation is made each month, and cannot be called off."))
    audit.record(by=by, action="simulation.called_off", subject=row)
    row.delete()


def _roles_of(plan: RolePlan) -> list[tuple[ProposedRole, int]]:
    return [
        (ProposedRole(row["activity"], row["time"], row["ward"]), row["places"])
        for row in plan.roles
    ]


def _new(
    roles: Sequence[tuple[ProposedRole, int]],
    *,
    of_plan: bool,
    answer_soon: bool,
    by: User | None,
) -> Simulation:
    return Simulation(
        asked_by=by,
        asked_at=now(),
        roles=[
            {"activity": role.activity, "time": role.time, "ward": role.ward, "places": places}
            for role, places in roles
        ],
        of_plan=of_plan,
        answer_soon=answer_soon,
        seasons_wanted=_seasons(sum(places for __, places in roles), answer_soon=answer_soon),
    )


def _asked(made: Simulation, *, by: User | None) -> None:
    audit.record(by=by, action="simulation.asked", subject=made)
    facts.state("simulation.asked", made.pk)


def _seasons(places: int, *, answer_soon: bool) -> int:
    return SEASONS if answer_soon or places >= MANY else SEASONS_OF_FEW


def _check(role: ProposedRole, places: int) -> None:
    if role.activity not in tags().vocabulary.activities:
        raise InvalidInput(_("Choose a kind of work."), fields={"activity": [_("Choose one.")]})
    if role.time not in TIME_LABELS or role.ward not in _WARDS:
        raise InvalidInput(_("Choose a time and a place."))
    if not 1 <= places <= MOST_PLACES:
        sentence = _("Enter a number from 1 to %(most)s.") % {"most": MOST_PLACES}
        raise InvalidInput(sentence, fields={"places": [sentence]})


def run(simulation_id: int, lease: Lease) -> None:
    """Simulate the seasons that are not done yet; each is kept as it ends, so that whoever looks
    sees how far it is, and who takes over goes on from there.
    """
    simulation = Simulation.objects.unfinished().filter(pk=simulation_id).first()
    if simulation is None:
        return
    added = [_added(row) for row in simulation.roles]
    seasons = recommender.BoroughSeasons(added, now() - CONFIRMED_WITHIN)
    simulation.people, simulation.places = seasons.people, seasons.places
    while len(simulation.seasons) < simulation.seasons_wanted:
        # Never the seasons of another simulation: else two of the same question, on two days,
        # would differ by nothing but who came or went between them.
        seed = randbits(_SEED_BITS)
        (without,) = seasons.placed(seed, [()])
        (with_it,) = seasons.placed(
            seed, [range(len(added))], answer_every_week=simulation.answer_soon
        )
        simulation.seasons.append([without.people, with_it.people, with_it.in_added])
        simulation.gain = _gain(simulation.seasons)
        if len(simulation.seasons) == simulation.seasons_wanted:
            simulation.finished_at = now()
        with transaction.atomic():
            lease.check()
            if not _keep(simulation):
                return


def _keep(simulation: Simulation) -> int:
    """Write what is known so far; give how many rows that was, 0 where it was called off."""
    row = Simulation.objects.unfinished().filter(pk=simulation.pk)
    return row.update(**{name: getattr(simulation, name) for name in _WRITTEN})


def _gain(seasons: Sequence[Sequence[int]]) -> dict[str, float]:
    # Loads scipy: only where something is worked out.
    from insights.analysis.gain import gain  # noqa: PLC0415

    found = gain([one[0] for one in seasons], [one[1] for one in seasons])
    return asdict(found) if found else {}


def _added(row: dict[str, Any]) -> Added:
    role = ProposedRole(row["activity"], row["time"], row["ward"])
    return Added(role.asked(), row["places"])
