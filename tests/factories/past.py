"""A borough with a past: people who came, asked, were answered, helped and left, day by day."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import AuditEntry
from equality.models import EqualityAnswers
from matching.models import Impression
from opportunities.models import Opportunity, Organisation
from placements.models import Application, HoursEntry
from placements.states import State
from tests.factories.matching import borough
from volunteers.models import Volunteer

#: The past begins on this day and goes on for so many.
BEGINS, DAYS = datetime(2026, 3, 20, 9, tzinfo=UTC), 380


def borough_with_a_past(*, people: int = 260, roles: int = 70, seed: int = 1) -> None:
    """Make it, in bulk, as the services would have left it."""
    rng = random.Random(seed)
    made = borough(people=people, roles=roles, seed=seed)
    _come(made.people, rng)
    _open(made.roles, rng)
    _ask(made.people, made.roles, rng)


def _come(people: list[Volunteer], rng: random.Random) -> None:
    for person in people:
        person.created_at = BEGINS + timedelta(days=rng.randint(0, DAYS - 20))
        person.last_used_at = person.created_at + timedelta(days=rng.randint(0, DAYS))
    Volunteer.objects.bulk_update(people, ["created_at", "last_used_at"])
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=person.created_at + timedelta(days=45 * number),
            action="volunteer.updated",
            subject_type="volunteer",
            subject_id=person.pk,
            actor_id=person.user_id,
        )
        for person in people
        if rng.random() < 0.7
        for number in range(1, 9)
    )
    answers = []
    for person in people:
        if rng.random() < 0.6:
            given = {
                field.name: rng.choice([code for code, __ in field.choices])
                for field in EqualityAnswers._meta.get_fields()
                if getattr(field, "choices", None)
            }
            answers.append(EqualityAnswers(user_id=person.user_id, **given))
    EqualityAnswers.objects.bulk_create(answers)


def _open(roles: list[Opportunity], rng: random.Random) -> None:
    Opportunity.objects.update(published_at=BEGINS, places_taken=0, applications_pending=0)
    groups = list(Organisation.objects.all())
    for group in groups:
        group.verified_at = BEGINS
        group.size = rng.choice(Organisation.Size.values)
        group.network = rng.choice(Organisation.Network.values)
        group.legal_form = rng.choice(Organisation.LegalForm.values)
    Organisation.objects.bulk_update(groups, ["verified_at", "size", "network", "legal_form"])


def _ask(people: list[Volunteer], roles: list[Opportunity], rng: random.Random) -> None:
    applications, lives = [], []
    # By chances of their own, so that all else stays as it is.
    told = random.Random(f"told {len(people)}")
    for person in people:
        for role in rng.sample(roles, rng.choice([0, 1, 1, 2, 3])):
            at = person.created_at + timedelta(days=rng.expovariate(1 / 15))
            life = list(_life(at, rng))
            state = life[-1][0] if life else State.SUBMITTED
            lives.append(life)
            applications.append(
                Application(
                    volunteer=person,
                    opportunity=role,
                    created_at=at,
                    state=state,
                    state_since=at,
                    reason="no_place" if state == State.DECLINED else "",
                    came_by=rng.choice(["", "", "", "waiting_list", "referral"]),
                    **_told(told),
                )
            )
    Application.objects.bulk_create(applications)
    entries, hours, shown = [], [], []
    for application, life in zip(applications, lives, strict=True):
        for state, at in life:
            action = f"application.{state.value}"
            entries.append(_entry(application, action, at))
        shown += _shown(application, rng)
        hours += _hours(application, dict(life), rng)
    AuditEntry.objects.bulk_create(entries)
    HoursEntry.objects.bulk_create(hours)
    Impression.objects.bulk_create(shown)


def _life(at: datetime, rng: random.Random) -> Iterator[tuple[State, datetime]]:
    """What became of an application, and when."""
    if rng.random() < 0.2:
        return
    at += timedelta(days=rng.expovariate(1 / 8))
    if rng.random() < 0.4:
        yield State.DECLINED, at
        return
    yield State.ACCEPTED, at
    at += timedelta(days=rng.expovariate(1 / 10))
    yield State.STARTED, at
    if rng.random() < 0.4:
        yield State.ENDED, at + timedelta(days=rng.expovariate(1 / 60))


def _told(rng: random.Random) -> dict[str, float]:
    """What the person was told of their chances; one in ten was told nothing."""
    if rng.random() < 0.1:
        return {}
    return {"told_place": rng.betavariate(4, 3), "told_answer": rng.betavariate(5, 2)}


def _entry(application: Application, action: str, at: datetime) -> AuditEntry:
    return AuditEntry(at=at, action=action, subject_type="application", subject_id=application.pk)


def _shown(application: Application, rng: random.Random) -> list[Impression]:
    common: dict[str, Any] = {
        "volunteer": application.volunteer,
        "opportunity": application.opportunity,
        "surface": "page",
        "at": application.created_at - timedelta(hours=1),
    }
    found = [Impression(event="shown", rank=rng.randint(1, 10), **common)]
    return [*found, Impression(event="applied", **common)] if rng.random() < 0.5 else found


def _hours(
    application: Application, life: dict[State, datetime], rng: random.Random
) -> list[HoursEntry]:
    if State.STARTED not in life:
        return []
    ends = life.get(State.ENDED, BEGINS + timedelta(days=DAYS))
    found: list[HoursEntry] = []
    day = life[State.STARTED]
    while day < ends and len(found) < 60:
        found.append(
            HoursEntry(
                application=application,
                day=day.date(),
                minutes=rng.choice([60, 90, 120]),
                state=HoursEntry.State.CONFIRMED,
                confirmed_at=day + timedelta(days=1),
            )
        )
        day += timedelta(days=rng.choice([7, 14, 21]))
    return found
