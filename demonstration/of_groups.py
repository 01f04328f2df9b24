"""What groups say and do beside their roles: what keeps them from taking more people, whom they
invite to act for them, and who asks to."""

from datetime import timedelta
from random import Random

from demonstration.kinds import read
from demonstration.plan import by_day, weighted
from demonstration.written import Written
from opportunities.models import (
    CapacityLimit,
    GroupInvitation,
    JoinRequest,
    Membership,
    MoreRoom,
    Opportunity,
)
from opportunities.services.people import INVITATION_LASTS

#: What part of the groups with a role say what keeps them from taking more, and something else too.
SAYS, SAYS_MORE = 0.45, 0.4
#: What part of them says how many more they could take then, and of those with words lets them be
#: read by those who decide on money.
SAYS_HOW_MANY, LETS_READ = 0.6, 0.4
#: So many groups ask for a second one that could do the same.
SECOND_GROUPS = 3
#: What part of what they said is no longer so.
ENDED = 0.15
#: How many of 100 groups invite somebody, and how many are asked by somebody.
INVITES, IS_ASKED = 6, 5
Reason, Asked = CapacityLimit.Reason, CapacityLimit.Asked
#: What it takes to lift it, for a year: fewest and most pounds; the others cost nothing that groups
#: can name.
COSTS = {
    Reason.SUPERVISION: (2_000, 14_000),
    Reason.DBS_COST: (100, 900),
    Reason.PREMISES: (1_500, 9_000),
    Reason.EXPENSES: (200, 1_800),
    Reason.INSURANCE: (150, 700),
    Reason.TRAINING: (300, 2_500),
}
#: What is usual for any group; `data/limits.toml` says what is for some kinds.
USUAL: dict[CapacityLimit.Reason, float] = {**dict.fromkeys(Reason, 1.0), Reason.TIME_OF_YEAR: 0.2}


def write(written: Written) -> None:
    """Write limits, invitations and requests of groups that are verified."""
    verified = [number for number, row in written.groups.items() if row.is_verified]
    _write_limits(written, verified)
    _write_invitations(written, verified)
    _write_requests(written, verified)
    _write_second_groups(written, verified)


def _write_limits(written: Written, verified: list[int]) -> None:
    chance = written.plan.chance("limits")
    said = read("limits")
    of_group: dict[int, list[Opportunity]] = {}
    for one in written.roles:
        if one.published_at is not None:
            of_group.setdefault(written.number_of[one.organisation_id], []).append(one)
    kinds = {group.number: group.kind.code for group in written.planned.groups}
    limits = []
    for number in verified:
        roles = of_group.get(number, [])
        if not roles or (number != 1 and chance.random() > SAYS):
            continue
        likely = USUAL | {Reason(code): 6.0 for code in said["kinds"].get(kinds[number], [])}
        for _ in range(2 if number == 1 or chance.random() < SAYS_MORE else 1):
            reason = weighted(chance, likely)
            likely.pop(reason)
            role = chance.choice(roles) if chance.random() < 0.6 else None
            least, most = COSTS.get(reason, (0, 0))
            cost = chance.randrange(least, most, 50) if most and chance.random() < 0.7 else None
            says_why = chance.random() < 0.7
            at = by_day(written.plan.ago(chance.uniform(2, 300)))
            begins = role.published_at if role is not None else written.groups[number].verified_at
            at = max(at, begins or at)
            full = role is not None and not role.places_left
            limit = CapacityLimit(
                organisation=written.groups[number],
                opportunity=role,
                reason=reason,
                cost_pounds=cost,
                more_people=_more_people(chance, reason),
                words=(words := chance.choice(said["words"][reason]) if says_why else ""),
                words_may_be_shown=bool(words) and chance.random() < LETS_READ,
                asked=_asked(role is not None, is_full=full),
                at=at,
                created_at=at,
            )
            if number != 1 and chance.random() < ENDED:
                limit.ended_at = at + (written.plan.end - at) * chance.uniform(0.3, 0.9)
            limits.append(limit)
    CapacityLimit.objects.bulk_create(limits)
    for limit in limits:
        by = written.members[written.number_of[limit.organisation_id]][0]
        how = {"reason": str(limit.reason), "asked": str(limit.asked)}
        written.note("limit.said", limit, by=by, at=limit.at, **how)
        if limit.ended_at is not None:
            written.note("limit.ended", limit, by=by, at=limit.ended_at)


def _more_people(chance: Random, reason: CapacityLimit.Reason) -> int | None:
    """How many more they could take: few say, and a coordinator lets in more than a check."""
    if reason == Reason.ENOUGH or chance.random() > SAYS_HOW_MANY:
        return None
    most = 12 if reason == Reason.SUPERVISION else 6
    return chance.randint(2, most)


def _asked(of_role: bool, *, is_full: bool) -> CapacityLimit.Asked:
    if not of_role:
        return Asked.QUARTER
    return Asked.FULL if is_full else Asked.DECLINED


def _write_second_groups(written: Written, verified: list[int]) -> None:
    """Some groups whose role is full ask the centre whether another of their kind could do it."""
    chance = written.plan.chance("second groups")
    kinds = {group.number: group.kind.code for group in written.planned.groups}
    asked: list[MoreRoom] = []
    for role in written.roles:
        number = written.number_of[role.organisation_id]
        others = [one for one in verified if one != number and kinds[one] == kinds[number]]
        is_full = role.is_public and not role.places_left
        if len(asked) == SECOND_GROUPS or not is_full or not others:
            continue
        at = by_day(written.plan.ago(chance.uniform(1, 10)))
        asked.append(
            MoreRoom(
                opportunity=role,
                kind=MoreRoom.Kind.SECOND_GROUP,
                other_group=written.groups[chance.choice(others)],
                at=max(at, role.published_at or at),
            )
        )
    MoreRoom.objects.bulk_create(asked)
    for step in asked:
        by = written.members[written.number_of[step.opportunity.organisation_id]][0]
        kind = str(step.kind)
        written.note("opportunity.made_room", step.opportunity, by=by, at=step.at, kind=kind)


def _write_invitations(written: Written, verified: list[int]) -> None:
    """The login's group has one that stands; others are taken up, taken back or ran out."""
    chance = written.plan.chance("invitations")
    invitations = []
    for number in verified:
        if number != 1 and chance.random() > INVITES / 100:
            continue
        group, owner = written.groups[number], written.members[number][0]
        days = 3.0 if number == 1 else chance.uniform(1, 60)
        at = by_day(written.plan.ago(days))
        joined = written.members[number][1:]
        invitation = GroupInvitation(
            organisation=group,
            email=(joined[-1].email if joined and number != 1 else None)
            or f"friend{number:03}@example.org",
            role=Membership.Role.MEMBER,
            invited_by=owner,
            created_at=at,
            expires_at=at + INVITATION_LASTS,
            mailed_at=at + timedelta(minutes=1),
        )
        if number != 1 and chance.random() < 0.3:
            invitation.withdrawn_at = min(at + timedelta(days=2), written.plan.end)
        invitations.append(invitation)
    GroupInvitation.objects.bulk_create(invitations)
    for one in invitations:
        by, at = one.invited_by, one.created_at
        written.note("membership.invited", one, by=by, at=at, role=str(one.role))
        if one.withdrawn_at is not None:
            written.note("membership.invitation_withdrawn", one, by=by, at=one.withdrawn_at)


def _write_requests(written: Written, verified: list[int]) -> None:
    """One waits for the login; others wait, or have been answered."""
    chance = written.plan.chance("join requests")
    people = [one.user for one in written.at_desk if one.user.email]
    requests = []
    for number in verified:
        if not people or (number != 1 and chance.random() > IS_ASKED / 100):
            continue
        person = people[chance.randrange(len(people))]
        at = by_day(max(written.plan.ago(4 if number == 1 else 12), person.date_joined))
        request = JoinRequest(organisation=written.groups[number], user=person, created_at=at)
        if number != 1 and chance.random() < 0.4:
            request.state = JoinRequest.State.DECLINED
            request.answered_at = at + (written.plan.end - at) / 2
        requests.append(request)
    JoinRequest.objects.bulk_create(requests)
    for one in requests:
        written.note("membership.asked", one, by=one.user, at=one.created_at)
        if one.answered_at is not None:
            by = written.members[written.number_of[one.organisation_id]][0]
            written.note("membership.request_declined", one, by=by, at=one.answered_at)
