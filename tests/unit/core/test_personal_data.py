"""One person with a word of their own in every column: all of it is exported, nothing is left."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, connection, models, transaction
from structlog.testing import capture_logs

from accounts.models import AuditEntry, User
from accounts.services import audit, erasure
from core import clock, personal_data
from core.errors import Conflict
from core.models import Activity, Cause, Fact, Skill
from core.personal_data import REGISTRY
from notifications.models import Notification, SentMail, SentText
from opportunities.models import Membership
from placements.models import Application, ErasedCount, Message, TimedOffer, WaitingListEntry
from placements.services import applications, places
from placements.states import State
from tests.factories.accounts import UserFactory
from tests.factories.core import chosen
from tests.factories.messages import notified
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

CANARY = "zqxcanary"
#: What a row needs that cannot be guessed from its columns.
ROWS: dict[str, dict[str, Any]] = {
    "accounts.AuditEntry": {"action": "made.up", "subject_type": "user"},
    "axes.AccessAttempt": {"username": f"{CANARY}@example.org"},
    "axes.AccessFailureLog": {"username": f"{CANARY}@example.org"},
    "axes.AccessLog": {"username": f"{CANARY}@example.org"},
    "matching.Impression": {"event": "shown", "reason": ""},
    "desk.DeskNote": {"application": None},
    "desk.WayToTell": {"way": "letter"},
    "matching.Invitation": {"dropped_at": None},
    # What was said about a danger stays for the safety of others; who said it does not.
    "placements.Concern": {"words": "what was seen"},
    "placements.HoursEntry": {"minutes": 30, "state": "questioned"},
    "opportunities.SavedSearch": {"email": ""},
    "placements.WaitingListEntry": {"activity": Activity.objects.first, "ended_at": None},
}


def everything_of(person: User) -> dict[str, models.Model]:
    """Give the person a row in every table that holds people's data, each filled to the brim."""
    rows: dict[str, models.Model] = {"accounts.User": person}
    for name in REGISTRY.holdings:
        if name not in rows:
            rows[name] = _row(apps.get_model(name), rows)
    return rows


def _row(model: type[models.Model], rows: dict[str, models.Model]) -> models.Model:
    label = model._meta.label
    if label in rows:
        return rows[label]
    values = {
        column.name: _filling(column, rows)
        for column in model._meta.concrete_fields
        if not column.primary_key or column.is_relation
    }
    known = {
        name: value() if callable(value) else value for name, value in ROWS.get(label, {}).items()
    }
    rows[label] = row = model(**values | known)
    try:
        with transaction.atomic():
            model.save_base(row, raw=True, force_insert=True)
    except IntegrityError as error:
        pytest.fail(f"say in ROWS what a row of {label} needs: {error}")
    return row


def _filling(column: Any, rows: dict[str, models.Model]) -> Any:
    if not column.is_relation:
        return _value(column, CANARY)
    label = column.related_model._meta.label
    if label in REGISTRY.holdings:
        return rows.get(label) or _row(column.related_model, rows)
    if column.null:
        return None
    return column.related_model._base_manager.first() or _of_nobody(column.related_model)


def _of_nobody(model: type[models.Model]) -> models.Model:
    """A row that is nobody's, for others to point to."""
    values = {
        column.name: (
            (None if column.null else _of_nobody(column.related_model))
            if column.is_relation
            else _value(column, "other")
        )
        for column in model._meta.concrete_fields
        if not column.primary_key or column.is_relation
    }
    return model._base_manager.create(**values)


def _value(column: Any, word: str) -> Any:
    if column.choices:
        return next(value for value, __ in column.flatchoices if value)
    fillings: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.EmailField, f"{word}@example.org"),
        (models.URLField, f"https://{word}.example.org/"),
        (models.GenericIPAddressField, "192.0.2.1"),
        (models.BooleanField, True),
        (models.DateTimeField, clock.now()),
        (models.DateField, date(1990, 1, 1)),
        (models.TimeField, time(9)),
        (models.JSONField, [word]),
        (models.BinaryField, word.encode()),
        (models.FloatField, 0.5),
        (models.IntegerField, 1),
    ]
    for kind, filling in fillings:
        if isinstance(column, kind):
            return filling
    return word[: column.max_length or len(word)]


@pytest.fixture
def person() -> User:
    role = OpportunityFactory()
    MembershipFactory(organisation=role.organisation, role=Membership.Role.OWNER)
    return UserFactory(
        email=f"{CANARY}@example.org",
        first_name=CANARY,
        last_name=CANARY,
        phone="07700 900123",
    )


@pytest.fixture
def rows(person) -> dict[str, models.Model]:
    rows = everything_of(person)
    volunteer = rows["volunteers.Volunteer"]
    assert isinstance(volunteer, Volunteer)
    volunteer.causes.set(chosen(Cause, "health"))
    volunteer.skills.set(Skill.objects.all()[:2])
    SentMail.objects.update(recipients=[person.email])
    SentText.objects.update(number="+447700900123")
    audit.record(by=person, action="made.up", subject=rows["volunteers.Volunteer"], word=CANARY)
    AuditEntry._base_manager.bulk_create(
        [audit.entry(by=None, action="made.up", subject=person, word=CANARY)]
    )
    session = SessionStore()
    session.update({"_auth_user_id": str(person.pk), "said": CANARY})
    session.save()
    return rows


def found() -> Iterator[str]:
    """Each table of the database, whether a model knows it or not, that holds the canary."""
    sessions = apps.get_model("sessions.Session")
    if any(CANARY in str(each.get_decoded()) for each in sessions.objects.all()):
        yield "sessions"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                if any(CANARY in _readable(value) for value in row):
                    yield table
                    break


def _readable(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace")
    return str(value)


def test_the_canary_is_in_every_table_that_holds_peoples_data(person, rows) -> None:
    with_words = {
        apps.get_model(name)._meta.db_table
        for name in REGISTRY.holdings
        if any(
            isinstance(column, models.CharField | models.TextField | models.JSONField)
            and not column.choices
            and (column.max_length or 99) >= len(CANARY)
            for column in apps.get_model(name)._meta.concrete_fields
        )
    }
    assert with_words <= {*found()}, "or the test below shows nothing"


def test_after_erasure_the_canary_is_nowhere(person, rows) -> None:
    pk = person.pk
    with capture_logs() as logs:
        erasure.erase(user=person, by=person)

    assert list(found()) == []
    assert CANARY not in str(logs)
    assert not User.objects.filter(pk=pk).exists()
    for holding in REGISTRY.holdings.values():
        if not holding.stays:
            assert (
                not apps.get_model(holding.model)
                ._base_manager.filter(pk=rows[holding.model].pk or 0)
                .exists()
            )


def test_the_trail_keeps_that_it_happened_and_nothing_about_whom(person, rows) -> None:
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    erasure.erase(user=person, by=person)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.details) == ("user.erased", None, {})
    assert before < set(AuditEntry.objects.values_list("pk", flat=True)), "none is taken out"
    assert not AuditEntry.objects.exclude(actor=None).exists()


def test_the_export_has_every_column_and_can_be_read_by_a_machine(person, rows) -> None:
    exported = personal_data.export(person)
    assert exported.keys() == REGISTRY.holdings.keys()
    for name, holding in REGISTRY.holdings.items():
        every = {column.name for column in holding.columns()}
        assert all(row.keys() == every for row in exported[name]), name
    words = json.dumps(exported)
    assert person.password not in words
    (volunteer,) = exported["volunteers.Volunteer"]
    assert volunteer["causes"] == ["health"]
    assert len(volunteer["skills"]) == 2


def test_nobody_elses_rows_are_exported_or_erased(person, rows) -> None:
    other = ApplicationFactory()
    Message.objects.create(application=other, side="group", words="Theirs", sent_at=clock.now())
    assert "Theirs" not in json.dumps(personal_data.export(person))
    erasure.erase(user=person, by=person)
    assert Message.objects.get().words == "Theirs"
    assert Application.objects.get() == other


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.OFFERED, State.ACCEPTED, State.STARTED, State.ENDED]
)
def test_places_are_free_again_and_the_group_is_told_without_a_name(state) -> None:
    owner = MembershipFactory(role=Membership.Role.OWNER)
    role = OpportunityFactory(organisation=owner.organisation, places=1)
    volunteer = VolunteerFactory(user__first_name=CANARY)
    ApplicationFactory(volunteer=volunteer, opportunity=role, state=state)

    erasure.erase(user=volunteer.user, by=volunteer.user)

    role.refresh_from_db()
    assert (role.places_taken, role.applications_pending) == (0, 0)
    told = Notification.objects.filter(recipient=owner.user)
    assert [each.kind for each in told] == ([] if state == State.ENDED else ["application.gone"])
    assert CANARY not in "".join(f"{each.subject} {each.body}" for each in told)


def test_a_place_that_was_offered_from_the_waiting_list_is_free_for_the_next() -> None:
    role = OpportunityFactory(places=1)
    entry = WaitingListEntry.objects.create(
        volunteer=VolunteerFactory(), opportunity=role, state="offered", joined_at=clock.now()
    )
    places.take(role.pk)
    TimedOffer.objects.create(
        entry=entry,
        volunteer=entry.volunteer,
        opportunity=role,
        made_at=clock.now(),
        answer_by=clock.now(),
    )
    erasure.erase(user=entry.volunteer.user, by=None)
    role.refresh_from_db()
    assert (role.places_taken, role.status) == (0, "open")
    assert Fact.objects.filter(kind="place.free", subject_id=role.pk).exists()
    assert not TimedOffer.objects.exists()


def test_messages_that_name_them_to_others_are_taken_back() -> None:
    owner = MembershipFactory(role=Membership.Role.OWNER)
    role = OpportunityFactory(organisation=owner.organisation)
    volunteer = VolunteerFactory(user__first_name=CANARY)
    application = applications.submit(
        volunteer=volunteer, opportunity=role, message=CANARY, by=volunteer.user
    )
    applications.accept(application=application, by=owner.user)
    applications.withdraw(application=application, by=volunteer.user)
    told = Notification.objects.filter(recipient=owner.user, body__contains=CANARY).get()
    SentMail.objects.create(
        message_id=f"<notification-{told.pk}@localhost>", sender="s", text=told.body
    )
    unrelated = notified(
        recipient=owner.user, kind="organisation.verified", key="k", subject="s", body="b"
    )

    erasure.erase(user=volunteer.user, by=volunteer.user)

    assert list(found()) == []
    assert Notification.objects.filter(pk=unrelated.pk).exists()


def test_what_past_months_need_is_counted_without_the_person() -> None:
    volunteer = VolunteerFactory()
    may = datetime(2026, 5, 31, 22, 30, tzinfo=clock.LONDON)
    for state in (State.ENDED, State.DECLINED):
        ApplicationFactory(
            volunteer=volunteer, opportunity=OpportunityFactory(), state=state, created_at=may
        )
    erasure.erase(user=volunteer.user, by=None)
    counts = ErasedCount.objects.values_list("month", "measure", "amount")
    assert set(counts) == {(date(2026, 5, 1), "applied", 2), (date(2026, 5, 1), "taken_on", 1)}


def test_the_last_owner_of_a_group_hands_over_first() -> None:
    owner = MembershipFactory(role=Membership.Role.OWNER, organisation__name="Example Foodbank")
    with pytest.raises(Conflict, match="only owner of Example Foodbank"):
        erasure.erase(user=owner.user, by=owner.user)
    other = MembershipFactory(organisation=owner.organisation, user__is_active=False).user
    with pytest.raises(Conflict, match="only owner of Example Foodbank"):
        erasure.erase(user=owner.user, by=owner.user)
    User.objects.filter(pk=other.pk).update(is_active=True)
    erasure.erase(user=owner.user, by=owner.user)
    assert Membership.objects.count() == 1


def test_a_member_may_go_and_the_groups_words_stay_with_whom_they_were_to() -> None:
    owner = MembershipFactory(role=Membership.Role.OWNER)
    member = MembershipFactory(organisation=owner.organisation, role=Membership.Role.MEMBER)
    application = ApplicationFactory()
    Message.objects.create(
        application=application, side="group", words="Hi", sent_at=clock.now(), author=member.user
    )
    erasure.erase(user=member.user, by=member.user)
    assert Message.objects.get().author is None


def test_half_an_erasure_is_none(person, rows, monkeypatch) -> None:
    def fails(person: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(REGISTRY, "steps", [fails, *REGISTRY.steps])
    with suppress(RuntimeError):
        erasure.erase(user=person, by=person)
    assert User.objects.filter(pk=person.pk).exists()
    assert Volunteer.objects.exists()
