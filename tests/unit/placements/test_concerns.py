"""Concerns: told to the volunteer centre at once, followed up, closed."""

import pytest

from accounts.models import AuditEntry
from core.errors import Conflict, InvalidInput
from notifications.models import Notification
from placements.models import Concern, ConcernNote
from placements.services import concerns
from placements.services.concerns import Subject
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def report(about: Subject | None = None, **also: object) -> Concern:
    said = {"kind": "safety", "words": "Somebody was hurt.", "reporter": None}
    return concerns.report(about=about or Subject(), **{**said, **also})  # type: ignore[arg-type]  # a mixture


def test_every_broker_is_told_at_once_and_not_what_was_said() -> None:
    brokers = UserFactory.create_batch(2, broker=True)
    UserFactory(broker=True, is_active=False)
    UserFactory(delivery_group=True)

    concern = report(Subject.role(OpportunityFactory()))

    told = Notification.objects.filter(kind="concern.new")
    assert {one.recipient for one in told} == set(brokers)
    assert all(one.subject.startswith("Urgent concern") for one in told)
    assert all("hurt" not in one.body for one in told)
    assert told[0].link == f"/desk/concerns/{concern.pk}/"
    assert AuditEntry.objects.about(concern).get().details == {"kind": "safety"}


def test_what_it_is_about_is_kept_as_far_as_it_is_known() -> None:
    application = ApplicationFactory()
    concern = report(Subject.applicant(application), reporter=UserFactory())
    assert concern.person == application.volunteer.user
    assert concern.opportunity == application.opportunity
    assert concern.organisation == application.opportunity.organisation
    application.opportunity.organisation.delete()
    concern.refresh_from_db()
    assert (concern.organisation, concern.words) == (None, "Somebody was hurt.")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"words": " "}, "words"),
        ({"words": "x" * 3001}, "words"),
        ({"contact": "x" * 201}, "contact"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(said: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        report(**said)
    assert field in refused.value.fields
    assert not Concern.objects.exists()


def test_one_person_reports_so_much_within_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concerns, "MOST_A_DAY", 1)
    reporter = UserFactory()
    report(reporter=reporter)
    with pytest.raises(Conflict) as refused:
        report(reporter=reporter)
    assert refused.value.code == "too_many_concerns"
    report(reporter=UserFactory())


def test_from_new_to_closed_with_who_was_told_when() -> None:
    broker = UserFactory(broker=True)
    concern = report()

    concerns.look_at(concern=concern, by=broker)
    with pytest.raises(Conflict):
        concerns.look_at(concern=concern, by=broker)
    note = concerns.note(concern=concern, words="", told="lead", by=broker)
    concerns.close(concern=concern, outcome="passed_on", by=broker)
    with pytest.raises(Conflict):
        concerns.close(concern=concern, outcome="acted", by=broker)

    assert (note.told, note.author) == ("lead", broker)
    assert (concern.state, concern.outcome) == ("closed", "passed_on")
    details = [(entry.action, entry.details) for entry in AuditEntry.objects.about(concern)]
    assert details == [
        ("concern.reported", {"kind": "safety"}),
        ("concern.looked_at", {}),
        ("concern.noted", {"told": "lead"}),
        ("concern.closed", {"outcome": "passed_on"}),
    ]


@pytest.mark.parametrize(("words", "told"), [("", ""), ("x", "nobody")])
def test_a_note_says_something(words: str, told: str) -> None:
    with pytest.raises(InvalidInput):
        concerns.note(concern=report(), words=words, told=told, by=UserFactory(broker=True))
    assert not ConcernNote.objects.exists()


def test_it_needs_an_outcome_to_be_closed() -> None:
    with pytest.raises(InvalidInput):
        concerns.close(concern=report(), outcome="", by=UserFactory(broker=True))


def test_urgent_concerns_come_first_then_the_oldest() -> None:
    made = [report(kind=kind) for kind in ("other", "safety", "money", "safety")]
    assert list(Concern.objects.open()) == [made[1], made[3], made[0], made[2]]
