"""Make room for more of the people who ask for a role; each step can be undone."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict
from core.outbox import facts
from core.week import Slot, describe, mask_of
from opportunities.models import MoreRoom, Opportunity, Organisation
from opportunities.services import drafts, roles

Kind, Status = MoreRoom.Kind, Opportunity.Status

#: At most so many people take turns in one place: everybody comes about once a month.
MOST_TURNS = 4
#: At most so many shifts are begun at once.
MOST_SHIFTS = 3
#: Of the title so much is left for the time in words.
_TITLE = Opportunity._meta.get_field("title").max_length or 120


@transaction.atomic
def share_places(*, opportunity: Opportunity, extra: int, by: User | None) -> MoreRoom:
    """Let two people share a place, in `extra` of the places, which makes room for so many more.

    Raises InvalidInput where there are fewer places, Conflict where the role is not open or people
    share its places or take turns already.
    """
    role = _locked(opportunity)
    _check_first_time(role)
    if not 1 <= extra <= role.places:
        raise received.refuse(
            "extra", _("Enter a number from 1 to %(places)s.") % {"places": role.places}
        )
    return _change(role, Kind.JOB_SHARE, by, places=role.places + extra, can_be_shared=True)


@transaction.atomic
def take_turns(*, opportunity: Opportunity, turns: int, words: str, by: User | None) -> MoreRoom:
    """Let `turns` people take turns in each place. `words` say so on the role's page, below what
    people will do.

    Raises InvalidInput field by field, Conflict as `share_places`.
    """
    role = _locked(opportunity)
    _check_first_time(role)
    if not 2 <= turns <= MOST_TURNS:
        raise received.refuse(
            "turns", _("Enter a number from 2 to %(most)s.") % {"most": MOST_TURNS}
        )
    if not words.strip():
        raise received.refuse("words", _("Say how often each person comes."))
    described = f"{role.description.rstrip()}\n\n{words.strip()}"
    return _change(role, Kind.TURNS, by, places=role.places * turns, description=described)


@transaction.atomic
def add_shifts(*, opportunity: Opportunity, slots: Sequence[Slot], by: User | None) -> MoreRoom:
    """Draft the same role at other times of the week, one for each slot, with as many places. The
    group looks them over and sends them as any draft.

    Raises InvalidInput for no slot or too many, Conflict where the role is not open.
    """
    role = _locked(opportunity)
    if not slots:
        raise received.refuse("slots", _("Choose at least one time."))
    if len(slots) > MOST_SHIFTS:
        raise received.refuse("slots", _("Choose at most %(most)s times.") % {"most": MOST_SHIFTS})
    done = MoreRoom.objects.create(opportunity=role, kind=Kind.SHIFTS)
    for slot in slots:
        mask = mask_of([slot])
        copy = drafts.copy_of(opportunity=role, by=by)
        time = describe(mask)
        title = f"{role.title[: _TITLE - len(time) - 3]} ({time})"
        roles.update(opportunity=copy, by=by, weekly_slots=mask, sessions=[], title=title)
        done.drafts.add(copy)
    _record(done, by)
    return done


@transaction.atomic
def ask_for_second_group(
    *, opportunity: Opportunity, group: Organisation, by: User | None
) -> MoreRoom:
    """Ask the volunteer centre to see whether another group could host the same. Nothing of the
    people who asked is passed on. Asked again, it stays the first time.

    Raises InvalidInput for the role's own group or one that is not verified, Conflict where the
    role is not open.
    """
    role = _locked(opportunity)
    if group.pk == role.organisation_id or not group.is_verified:
        raise received.refuse("group", _("Choose from the list."))
    before = role.more_room.standing().filter(other_group=group).first()
    if before is not None:
        return before
    done = MoreRoom.objects.create(opportunity=role, kind=Kind.SECOND_GROUP, other_group=group)
    _record(done, by)
    return done


@transaction.atomic
def undo(*, done: MoreRoom, by: User | None) -> None:
    """Take one step back. Shifts that are not public yet are closed; fields of the role that were
    changed again since stay as they are.

    Raises Conflict where it was undone before, or where more people hold a place by now than there
    were places.
    """
    row = MoreRoom.objects.select_for_update().get(pk=done.pk)
    if row.undone_at is not None:
        raise Conflict(_("This was undone before."), code="undone")
    role = Opportunity.objects.select_for_update(no_key=True).get(pk=row.opportunity_id)
    back = {
        name: value
        for name, value in row.before.items()
        if getattr(role, name) == row.after.get(name)
    }
    if role.places_taken > back.get("places", role.places):
        raise Conflict(
            _("%(count)s people hold a place by now, so it cannot be undone.")
            % {"count": role.places_taken},
            code="places_taken",
        )
    if back:
        roles.update(opportunity=role, by=by, **back)
    for draft in row.drafts.filter(status__in=[Status.DRAFT, Status.IN_REVIEW]):
        roles.close(opportunity=draft, by=by)
    MoreRoom.objects.filter(pk=row.pk).update(undone_at=now(), updated_at=now())
    audit.record(by=by, action="opportunity.room_undone", subject=role, kind=row.kind)


def _locked(opportunity: Opportunity) -> Opportunity:
    role = Opportunity.objects.select_for_update(no_key=True).get(pk=opportunity.pk)
    if role.status not in (Status.OPEN, Status.FULL):
        raise Conflict(_("People cannot see this role now."), code="wrong_status")
    return role


def _check_first_time(role: Opportunity) -> None:
    if role.more_room.standing().filter(kind__in=[Kind.JOB_SHARE, Kind.TURNS]).exists():
        raise Conflict(_("People share the places of this role already."), code="shared")


def _change(role: Opportunity, kind: MoreRoom.Kind, by: User | None, **fields: Any) -> MoreRoom:
    before = {name: getattr(role, name) for name in fields}
    changed = roles.update(opportunity=role, by=by, **fields)
    after = {name: getattr(changed, name) for name in fields}
    done = MoreRoom.objects.create(opportunity=role, kind=kind, before=before, after=after)
    _record(done, by)
    facts.state("room.made", done.pk)
    return done


def _record(done: MoreRoom, by: User | None) -> None:
    audit.record(by=by, action="opportunity.made_room", subject=done.opportunity, kind=done.kind)
