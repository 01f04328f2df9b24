"""Load the demonstration borough: all of it in one transaction, or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from demonstration import (
    campaigns,
    centre,
    conversations,
    of_groups,
    of_people,
    placed_people,
    shortages,
    targets,
    useful_links,
    volunteering,
    writing,
    yearly_question,
)
from demonstration.groups import groups
from demonstration.login_people import (
    GROUP_LOGIN_ROLES,
    LOGIN_GROUPS,
    LOGIN_ROLES,
    UNVERIFIED,
    login_people,
)
from demonstration.logins import PASSWORD, VOLUNTEER_LOGINS
from demonstration.looks import LOOKS
from demonstration.models import Loading
from demonstration.people import people, uses
from demonstration.plan import Plan
from demonstration.roles import roles
from demonstration.scenes import Scenes
from demonstration.season import Offer, Season, Seeker
from demonstration.waiting import fill_lists
from demonstration.wiping import wipe
from demonstration.written import Planned, Written
from matching import recommender
from matching.services import runs
from opportunities.models import Opportunity
from opportunities.services import search_index
from placements.models import Application
from placements.services import waiting_messages
from placements.services.answering import refresh_answering_record
from placements.services.bulk import Replay

#: Shows how far a long walk through rows is, under a label.
Progress = Callable[[Iterable[Any], str], Iterable[Any]]


@dataclass(slots=True)
class Loaded:
    """What came of a loading.

    `seekers` are people who wait, by the kind of role that they like best; `places` are those left
    on open roles, by kind.
    """

    volunteers: int
    organisations: int
    opportunities: int
    applications: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    seekers: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def seekers_for_each_place(self, kind: str | None = None) -> float | None:
        """Give supply ÷ places, over all kinds or for one; None where no place is left."""
        if kind is None:
            seekers, places = self.seekers.total(), self.places.total()
        else:
            seekers, places = self.seekers[kind], self.places[kind]
        return seekers / places if places else None


@transaction.atomic
def load(
    plan: Plan, *, replace: bool = False, with_logins: bool = True, progress: Progress
) -> Loaded:
    """Make the borough of the plan. `replace` takes away what earlier loadings made first.

    Without `with_logins` nobody of the borough can sign in. One full ranking is asked for.
    """
    if replace:
        wipe()
    planned = _planned(plan)
    written = _written(plan, planned, make_password(PASSWORD if with_logins else None), progress)
    applications = _play_season(plan, planned, written, progress)
    _fill(written)
    refresh_answering_record()
    recommender.refresh_answering()
    _remember(plan, written)
    search_index.rebuild()
    runs.request(by=None)
    return _counted(planned, written, applications)


def _planned(plan: Plan) -> Planned:
    drafted_groups = groups(plan, kinds=LOGIN_GROUPS, unverified=UNVERIFIED)
    logins = login_people(plan)
    others = people(plan, first=1, count=plan.volunteers - len(logins))
    for number, person in shortages.members(plan).items():
        others[number - 1] = person
    for number, person in enumerate(logins + others):
        if person.last_used_at is not None:
            chance = plan.chance(f"uses of {number}")
            person.used_at = uses(chance, person.registered_at, person.last_used_at)
    return Planned(
        groups=drafted_groups,
        people=logins + others,
        roles=roles(plan, drafted_groups, first=LOGIN_ROLES),
    )


def _written(plan: Plan, planned: Planned, password: str, progress: Progress) -> Written:
    staff = writing.write_staff(password)
    broker = staff["broker"]
    members = writing.write_members(planned.groups, password)
    rows = writing.write_groups(planned.groups, members, broker)
    return Written(
        plan=plan,
        planned=planned,
        staff=staff,
        members=members,
        groups=rows,
        roles=writing.write_all_roles(progress(planned.roles, "Roles"), rows, members, broker),
        volunteers=writing.write_people(
            planned.people, broker, password, lambda rows: progress(rows, "People")
        ),
    )


def _play_season(
    plan: Plan, planned: Planned, written: Written, progress: Progress
) -> list[Application]:
    replay = Replay(written.roles)
    offers = _offers(planned, written)
    mine = len(GROUP_LOGIN_ROLES)
    season = Season(plan, replay, offers[mine:])
    seekers = _seekers(planned, written)
    logins = seekers[: len(VOLUNTEER_LOGINS)]
    # Who is of a planted shortage finds nothing to ask for.
    others = [one for one in seekers[len(logins) :] if one.kinds]
    written.at_desk = [one.volunteer for one in others]
    scenes = Scenes(plan, season, replay, logins + others)
    scenes.plan_all(offers[:mine])
    for seeker in scenes.others:
        season.add(seeker)
    for _ in progress(season.run(), "Season"):
        pass
    applications = written.applications = replay.write()
    season.looks.write()
    scenes.tell()
    return applications


def _fill(written: Written) -> None:
    """Add what happened beside and after the applications."""
    centre.stop_some(written)
    for offer in fill_lists(written)[:1]:
        if offer.volunteer == written.volunteers[0]:
            waiting_messages.offered(offer)
    volunteering.write(written)
    placed_people.write(written)
    said = conversations.write(written)
    of_groups.write(written)
    of_people.write(written)
    useful_links.write(written)
    centre.write(written, said)
    campaigns.write(written)
    yearly_question.write(written)
    targets.write(written)
    written.write_trail()
    campaigns.work_out(written)


def _seekers(planned: Planned, written: Written) -> list[Seeker]:
    broker, chance = written.staff["broker"], written.plan.chance("when they look")
    return [
        Seeker(
            row,
            person.kinds,
            person.registered_at,
            row.user if person.email else broker,
            tuple(at for at in person.used_at if chance.random() < LOOKS),
        )
        for person, row in zip(planned.people, written.volunteers, strict=True)
    ]


def _offers(planned: Planned, written: Written) -> list[Offer]:
    return [
        Offer(
            opportunity=row,
            kind=role.kind.code,
            answering=role.group.answering,
            member=written.members[role.group.number][0],
            published_at=role.published_at,
            closes_at=role.closes_at,
            closed_because=role.closed_because,
            slots=int(role.fields["weekly_slots"]) or role.slots,
            sessions=tuple(role.fields.get("sessions", ())),
        )
        for role, row in zip(planned.roles, written.roles, strict=True)
        if role.published_at is not None
    ]


def _remember(plan: Plan, written: Written) -> None:
    """Keep whom this loading made, so that they can be told from real people."""
    loading = Loading.objects.create(
        day=plan.today,
        seed=plan.seed,
        volunteers=plan.volunteers,
        organisations=plan.organisations,
        opportunities=plan.opportunities,
    )
    loading.made_groups.set(written.groups.values())
    loading.made_people.set(
        [
            *written.staff.values(),
            *(user for users in written.members.values() for user in users),
            *(volunteer.user for volunteer in written.volunteers),
        ]
    )


def _counted(planned: Planned, written: Written, applications: list[Application]) -> Loaded:
    loaded = Loaded(len(written.volunteers), len(written.groups), len(written.roles))
    loaded.applications.update(application.state for application in applications)
    loaded.statuses.update(role.status for role in written.roles)
    for person, volunteer in zip(planned.people, written.volunteers, strict=True):
        waits = volunteer.waiting_since is not None and volunteer.paused_at is None
        if waits and volunteer.user.is_active:
            loaded.seekers[person.kinds[0] if person.kinds else ""] += 1
    for role, row in zip(planned.roles, written.roles, strict=True):
        if row.status == Opportunity.Status.OPEN and row.organisation.is_verified:
            loaded.places[role.kind.code] += row.places_left
    return loaded
