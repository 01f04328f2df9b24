"""What has passed over the desk of the volunteer centre: roles that it suggested, people whom it
told, groups and people whom it stopped, notes and concerns, and who blocked whom."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import User
from demonstration.kinds import read
from demonstration.plan import by_day
from demonstration.written import Written
from desk.models import DeskNote, LetterBatch, Telling
from matching.models import HiddenRole, PlacementRound, Suggestion
from matching.services.suggestions import TIME_TO_ANSWER
from notifications.models import Notification
from opportunities.models import Opportunity, Organisation
from placements.models import Application, Block, Concern, ConcernNote, Message
from placements.services import messages
from placements.states import UNANSWERED, Mover
from volunteers.models import Volunteer

#: Suggestions by themselves that are in these states, of 1,000 waiting people.
SINGLE: dict[str, float] = {"sent": 3, "refused": 3, "lapsed": 2}
#: A round that was sent so many days ago, and what came of the suggestions in it that got no yes.
ROUND_DAYS, ROUND = 24.0, ("refused", "refused", "lapsed", "lapsed", "dropped")
#: How many people without email are still to be told something, and how many have been.
TO_TELL, TOLD = 10, 12
State = Suggestion.State


def stop_some(written: Written) -> None:
    """Stop a group and a person, and let a group have changed its name: before anything is planned
    that they could take part in."""
    plan, broker = written.plan, written.broker
    groups = [row for number, row in written.groups.items() if number > 2 and row.is_verified]
    with_roles = {one.organisation_id for one in written.roles if one.is_public}
    busy = [group for group in groups if group.pk in with_roles]
    if len(busy) > 4:
        stopped, renamed = busy[2], busy[4]
        stopped_at, renamed_at = plan.at_work(plan.ago(9)), plan.at_work(plan.ago(3))
        stopped.suspended_at, renamed.renamed_at = stopped_at, renamed_at
        Organisation.objects.bulk_update([stopped, renamed], ["suspended_at", "renamed_at"])
        why = {"reason": "concern"}
        written.note("organisation.suspended", stopped, by=broker, at=stopped_at, **why)
        owner = written.members[written.number_of[renamed.pk]][0]
        written.note("organisation.renamed", renamed, by=owner, at=renamed_at)
    have_asked = {one.volunteer_id for one in written.applications}
    quiet = [one for one in written.at_desk if one.pk not in have_asked]
    if len(quiet) > 20:
        person, at = quiet[7].user, plan.at_work(plan.ago(16))
        person.is_active = False
        person.save(update_fields=["is_active"])
        written.note("user.suspended", person, by=broker, at=at, reason="conduct")


def write(written: Written, said: list[Message]) -> None:
    """Write all of it; `said` are the messages between people and groups."""
    _write_suggestions(written)
    _write_blocks(written)
    _write_concerns(written, said)
    _write_notes(written)
    _tell_people(written)
    for role in written.roles:
        if role.status == Opportunity.Status.IN_REVIEW:
            # The desk counts from the last change how long it waits.
            sent = written.plan_of[role.pk].sent_at
            Opportunity.objects.filter(pk=role.pk).update(updated_at=sent)


# Suggestions


def _write_suggestions(written: Written) -> None:
    chance = written.plan.chance("suggestions")
    sent_round = _round(written, written.plan.ago(ROUND_DAYS))
    draft = PlacementRound.objects.create(by=written.broker, created_at=written.plan.ago(0.6))
    made = _all_accepted(written, chance, sent_round)
    in_round = {one.volunteer_id for one in made if one.round is not None}
    free = (pair for pair in _free_people(written, chance) if pair[0].pk not in in_round)
    reading = written.volunteers[1]
    if role := _role_for(written, reading, written.planned.people[1].kinds):
        made.append(_single(written, reading, role, "sent", written.plan.ago(2.2)))
    for state, of_1000 in SINGLE.items():
        for _ in range(max(1, round(of_1000 * len(written.at_desk) / 1000))):
            if (pair := next(free, None)) is not None:
                days = chance.uniform(0.4, 6) if state == "sent" else chance.uniform(9, 150)
                at = max(by_day(written.plan.ago(days)), _earliest(*pair))
                made.append(_single(written, *pair, state, at))
    for state in ROUND:
        if (pair := next(free, None)) is not None:
            one = _single(
                written, *pair, state, max(sent_round.sent_at or _earliest(*pair), _earliest(*pair))
            )
            one.round = sent_round
            made.append(one)
    for pair in (pair for pair, _n in zip(free, range(6), strict=False)):
        at = written.plan.ago(0.6)
        by = {"by": written.broker, "created_at": at}
        one = Suggestion(volunteer=pair[0], opportunity=pair[1], round=draft, **by)
        made.append(one)
    Suggestion.objects.bulk_create(made)
    _note_suggestions(written, made, sent_round, draft)


def _round(written: Written, at: datetime) -> PlacementRound:
    sent = written.plan.at_work(at)
    return PlacementRound.objects.create(
        by=written.broker, created_at=sent - timedelta(hours=2), sent_at=sent
    )


def _all_accepted(written: Written, chance: Random, sent_round: PlacementRound) -> list[Suggestion]:
    """Those that applications came of. The round names a person once: what they accepted in its
    days besides was suggested singly.
    """
    made: list[Suggestion] = []
    in_round: set[int] = set()
    for application in written.applications:
        if application.came_by == Application.CameBy.REFERRAL:
            one = _accepted(written, chance, application, sent_round)
            if one.volunteer_id in in_round:
                one.round = None
            elif one.round is not None:
                in_round.add(one.volunteer_id)
            made.append(one)
    return made


def _accepted(
    written: Written, chance: Random, application: Application, sent_round: PlacementRound
) -> Suggestion:
    """The suggestion that an application came of: in the round, where it fell into its days."""
    answered = application.created_at
    sent = answered - timedelta(hours=chance.uniform(2, 24 * 6))
    sent = max(sent, application.volunteer.created_at)
    of_round = None
    began = sent_round.sent_at
    if began is not None and began < answered < began + timedelta(days=7):
        sent, of_round = began, sent_round
    return Suggestion(
        volunteer=application.volunteer,
        opportunity=application.opportunity,
        round=of_round,
        by=written.broker,
        state=State.ACCEPTED,
        created_at=sent,
        sent_at=sent,
        answer_by=sent + TIME_TO_ANSWER,
        answered_at=answered,
        application=application,
    )


def _free_people(written: Written, chance: Random) -> Iterator[tuple[Volunteer, Opportunity]]:
    """Give waiting people with an open role that they would like, each once."""
    kinds = dict(zip((one.pk for one in written.volunteers), written.planned.people, strict=True))
    people = written.waiting()
    chance.shuffle(people)
    for person in people:
        if role := _role_for(written, person, kinds[person.pk].kinds):
            yield person, role


def _role_for(written: Written, person: Volunteer, kinds: list[str]) -> Opportunity | None:
    return next(
        (
            role
            for role in written.roles
            if written.plan_of[role.pk].kind.code in kinds
            and role.status == Opportunity.Status.OPEN
            and role.is_public
            and role.catching_up_since is None
            and (person.pk, role.pk) not in written.asked
            and _same_time(person, role)
        ),
        None,
    )


def _same_time(person: Volunteer, role: Opportunity) -> bool:
    """Whether the two have a time in common, or one of them said none."""
    if not (person.availability and role.weekly_slots):
        return True
    return bool(person.availability & role.weekly_slots)


def _earliest(person: Volunteer, role: Opportunity) -> datetime:
    return max(person.created_at, role.published_at or person.created_at)


def _single(
    written: Written, person: Volunteer, role: Opportunity, state: str, at: datetime
) -> Suggestion:
    one = Suggestion(
        volunteer=person, opportunity=role, by=written.broker, state=state, created_at=at
    )
    if state == "dropped":
        return one
    one.sent_at, one.answer_by = at, at + TIME_TO_ANSWER
    if state == "refused":
        one.answered_at, one.reason = min(at + timedelta(days=2), written.plan.end), "other_times"
    return one


def _note_suggestions(
    written: Written, made: list[Suggestion], sent: PlacementRound, draft: PlacementRound
) -> None:
    broker = written.broker
    hidden = []
    for one in made:
        of = {"role": one.opportunity_id}
        if one.sent_at is not None:
            written.note("suggestion.sent", one, by=broker, at=one.sent_at, **of)
        if one.answered_at is not None:
            by, state = one.volunteer.user, State(one.state).value
            written.note(f"suggestion.{state}", one, by=by, at=one.answered_at, **of)
        if one.state == State.LAPSED and one.answer_by is not None:
            written.note("suggestion.lapsed", one, by=None, at=one.answer_by, **of)
        if one.state == State.REFUSED and one.answered_at is not None:
            pair = {"volunteer": one.volunteer, "opportunity": one.opportunity}
            hidden.append(HiddenRole(**pair, reason=one.reason, at=one.answered_at))
    HiddenRole.objects.bulk_create(hidden, ignore_conflicts=True)
    number = {"people": sum(one.round_id == sent.pk for one in made)}
    written.note("round.drawn_up", sent, by=broker, at=sent.created_at, **number)
    written.note("round.sent", sent, by=broker, at=sent.sent_at or sent.created_at, **number)
    number = {"people": sum(one.round_id == draft.pk for one in made)}
    written.note("round.drawn_up", draft, by=broker, at=draft.created_at, **number)


# Blocks and concerns


def _write_blocks(written: Written) -> None:
    """One person has blocked a group that declined them, one group a person who withdrew."""
    chance = written.plan.chance("blocks")
    sides: list[tuple[Mover, str]] = [(Mover.VOLUNTEER, "declined"), (Mover.GROUP, "withdrawn")]
    at_desk = {one.pk for one in written.at_desk}
    for side, state in sides:
        over = [
            one
            for one in written.applications
            if one.state == state and one.volunteer_id in at_desk
        ]
        if not over:
            continue
        one = chance.choice(over)
        group, person = one.opportunity.organisation, one.volunteer
        by = person.user if side == Mover.VOLUNTEER else written.owner(one.opportunity)
        at = min(one.state_since + timedelta(hours=3), written.plan.end)
        block = Block.objects.create(volunteer=person, organisation=group, side=side, made_by=by)
        Block.objects.filter(pk=block.pk).update(created_at=at)
        written.note("block.made", block, by=by, at=at, side=side.value)


def _write_concerns(written: Written, said: list[Message]) -> None:
    chance = written.plan.chance("concerns")
    public = [role for role in written.roles if role.is_public]
    people = [one.user for one in written.at_desk if one.user.email]
    if not public or len(people) < 8:
        return
    for entry in read("desk")["concern"]:
        role = chance.choice(public)
        at = by_day(written.plan.ago(entry["days"]))
        reporter = chance.choice(people) if entry["reporter"] == "volunteer" else None
        concern = Concern(kind=entry["kind"], words=entry["words"], created_at=at)
        concern.opportunity, concern.organisation = role, role.organisation
        if entry["reporter"] == "member":
            reporter = written.owner(role)
            concern.person = chance.choice(people)
        if entry["about"] == "message" and (theirs := [m for m in said if m.sent_at < at]):
            concern.message = theirs[-1]
            concern.opportunity = theirs[-1].application.opportunity
            concern.organisation = concern.opportunity.organisation
            concern.person = theirs[-1].author
        concern.reporter = reporter
        concern.contact = "" if reporter else "020 7946 0123"
        _look_at(written, concern, entry, at)


def _look_at(written: Written, concern: Concern, entry: dict[str, Any], at: datetime) -> None:
    broker = written.broker
    concern.state = entry["state"]
    notes = []
    for number, (told, text) in enumerate(entry.get("notes", [])):
        noted = written.plan.at_work(at + timedelta(days=1 + number))
        notes.append(ConcernNote(author=broker, at=noted, told=told, words=text))
    last = notes[-1].at if notes else at
    if concern.state == Concern.State.CLOSED:
        concern.outcome = entry["outcome"]
        concern.closed_at = last + timedelta(hours=1)
    concern.save()
    written.note("concern.reported", concern, by=concern.reporter, at=at, kind=concern.kind)
    for note in notes:
        note.concern = concern
        written.note("concern.noted", concern, by=broker, at=note.at, told=note.told)
    ConcernNote.objects.bulk_create(notes)
    if concern.closed_at is not None:
        outcome = {"outcome": concern.outcome}
        written.note("concern.closed", concern, by=broker, at=concern.closed_at, **outcome)


# Notes, calls and letters


def _write_notes(written: Written) -> None:
    """Some of what waits has been looked at: people called, things put aside until a day."""
    chance = written.plan.chance("desk notes")
    late = [one for one in written.applications if one.state in UNANSWERED]
    late = [one for one in late if one.created_at < written.plan.ago(11)]
    waiting = [row for row in written.groups.values() if row.verified_at is None]
    subjects: dict[str, list[Any]] = {
        "application": late,
        "group": waiting,
        "person": [one.user for one in written.waiting()],
        "role": [one for one in written.roles if one.status == Opportunity.Status.IN_REVIEW],
    }
    for entry in read("desk")["note"]:
        rows = subjects[entry["about"]]
        if not rows:
            continue
        subject = chance.choice(rows)
        at = written.plan.at_work(written.plan.ago(entry["days"]))
        again = entry.get("again")
        note = DeskNote(
            queue=entry["queue"],
            by=written.broker,
            words=entry["words"],
            outcome=entry.get("outcome", ""),
            look_again_on=written.plan.today + timedelta(days=again) if again else None,
            created_at=at,
            **{entry["about"]: subject},
        )
        note.save()
        details = {
            "queue": note.queue,
            "outcome": str(note.outcome),
            "look_again_on": note.look_again_on.isoformat() if note.look_again_on else "",
        }
        written.note("desk.noted", subject, by=written.broker, at=at, **details)


def _tell_people(written: Written) -> None:
    """People without email for whom the centre asked lately: some have been told, by call or with
    the letters of one batch; the others are to be called, or their letter is to be printed."""
    chance = written.plan.chance("telling")
    without: list[Application] = [
        one
        for one in written.applications
        if one.volunteer.user.email is None and not one.came_by and one.volunteer.user.is_active
    ]
    without = sorted(without, key=lambda one: one.created_at)[-TO_TELL - TOLD :]
    if not without:
        return
    letters = set(User.objects.filter(way_to_tell__way="letter").values_list("pk", flat=True))
    batch: LetterBatch | None = None
    told, tellings = without[: -min(TO_TELL, 2 * len(without) // 3 + 1)], []
    for application in without:
        messages.submitted_for_them(application)
        key = f"application:{application.pk}:submitted_for_you"
        rows = Notification.objects.filter(key=key)
        rows.update(created_at=application.created_at)
        if application not in told:
            continue
        at = written.plan.at_work(application.created_at + timedelta(days=chance.choice([1, 1, 2])))
        by_letter = application.volunteer.user_id in letters
        if by_letter and batch is None:
            batch = LetterBatch.objects.create(by=written.broker, created_at=at)
        at = batch.created_at if by_letter and batch else at
        tellings.append(
            Telling(
                notification=rows.get(),
                way="letter" if by_letter else "call",
                # Its letters lie there to be posted.
                told_at=None if by_letter else max(at, application.created_at),
                by=written.broker,
                batch=batch if by_letter else None,
            )
        )
    Telling.objects.bulk_create(tellings)
    for telling in tellings:
        if telling.told_at is not None:
            of, way = telling.notification, str(telling.way)
            written.note("notification.told", of, by=written.broker, at=telling.told_at, way=way)
    if batch is not None:
        number = sum(telling.batch is not None for telling in tellings)
        at = batch.created_at
        written.note("letters.printed", batch, by=written.broker, at=at, people=number)
