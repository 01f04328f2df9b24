"""Writing a role, bringing it out, closing it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict, DomainError, InvalidInput
from core.models import Fact
from notifications.models import Notification
from opportunities.models import Opportunity
from opportunities.services import roles
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db

START = datetime(2027, 5, 1, 9, 0, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "title": "Gardener",
    "description": "Weed and plant",
    "postcode": "HA1 1BH",
    "causes": ["environment"],
    "activities": ["gardening"],
    "skills_useful": ["gardening"],
    "skills_gained": ["gardening"],
    "sessions": [(START, START + timedelta(hours=2))],
}


def draft(**changes: Any) -> Opportunity:
    return roles.draft(organisation=OrganisationFactory(), by=None, **{**GOOD, **changes})


def test_draft_is_seen_by_nobody_else() -> None:
    role = draft()
    assert role.status == "draft"
    assert not Opportunity.objects.public().exists()
    assert not Fact.objects.exists()
    assert role.ward_code
    assert role.sessions.count() == 1
    needs = set(role.role_skills.values_list("skill__code", "need"))
    assert needs == {("gardening", "useful"), ("gardening", "gained")}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "x" * 121}),
        ("description", {"description": "x" * 6001}),
        ("postcode", {"postcode": "nowhere"}),
        ("places", {"places": 0}),
        ("weekly_slots", {"weekly_slots": 1 << 21}),
        ("commitment", {"commitment": "for ever"}),
        ("minimum_age", {"dbs_level": "basic", "minimum_age": 15}),
        ("maximum_age", {"minimum_age": 30, "maximum_age": 20}),
        ("access", {"access": ["helicopter"]}),
        ("access", {"access": "step_free"}),
        ("offers", {"offers": ["riches"]}),
        ("offers", {"offers": None}),
        ("skills_needed", {"skills_needed": ["no-such-skill"]}),
        ("languages", {"languages": ["xx"]}),
        ("sessions", {"sessions": [(START, START)]}),
        ("sessions", {"sessions": [(START, START + timedelta(hours=1))] * 2}),
    ],
)
def test_bad_input_says_which_field_and_makes_nothing(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as refused:
        draft(**changes)
    assert field in refused.value.fields
    assert not Opportunity.objects.exists()
    assert not AuditEntry.objects.exists()


def test_from_home_has_no_place() -> None:
    role = draft(from_home=True, place_name="Hall")
    assert (role.postcode, role.place_name, role.latitude, role.ward_code) == ("", "", None, "")


def test_update_of_an_open_role_states_one_fact_and_names_fields() -> None:
    role = OpportunityFactory()
    roles.update(opportunity=role, by=None, title="New title", skills_needed=["driving"])
    assert AuditEntry.objects.about(role).get().details == {"fields": ["skills", "title"]}
    assert Fact.objects.get().kind == "role.changed"
    roles.update(opportunity=role, by=None, title="New title", skills_needed=["driving"])
    assert AuditEntry.objects.about(role).count() == 1


def test_the_trail_keeps_what_a_role_said_before() -> None:
    role = OpportunityFactory(places=3, causes=["health"])
    roles.update(opportunity=role, by=None, places=5, causes=["environment"], title="New title")
    roles.update(opportunity=role, by=None, from_home=True, causes=["environment"])
    first, second = (entry.details for entry in AuditEntry.objects.about(role))
    assert first["before"] == {"places": 3, "causes": ["health"]}
    assert second["before"] == {"from_home": False, "ward_code": "E05013553"}


def test_places_never_fall_below_the_people_who_have_one() -> None:
    role = OpportunityFactory(places=3, places_taken=2)
    with pytest.raises(InvalidInput) as refused:
        roles.update(opportunity=role, by=None, places=1)
    assert refused.value.code == "too_few_places"
    role.refresh_from_db()
    assert role.places == 3


def test_status_follows_the_places() -> None:
    role = OpportunityFactory(places=3, places_taken=2)
    roles.update(opportunity=role, by=None, places=2)
    assert role.status == "full"
    roles.update(opportunity=role, by=None, places=4)
    assert role.status == "open"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("description", {"description": " "}),
        ("postcode", {"postcode": ""}),
        ("causes", {"causes": [], "activities": []}),
        ("closes_on", {"closes_on": today() - timedelta(days=1)}),
    ],
)
def test_what_is_missing_is_said_before_review(field: str, changes: dict[str, Any]) -> None:
    role = OpportunityFactory(draft=True, causes=["health"])
    for name in ("description", "postcode", "closes_on"):
        if name in changes:
            Opportunity.objects.filter(pk=role.pk).update(**{name: changes[name]})
    if "causes" in changes:
        role.causes.clear()
    role.refresh_from_db()
    for move in (roles.submit_for_review, roles.publish):
        with pytest.raises(InvalidInput) as refused:
            move(opportunity=role, by=None)
        assert list(refused.value.fields) == [field]
    assert role.status == "draft"


def test_from_draft_to_open_by_way_of_review() -> None:
    member = MembershipFactory()
    role = roles.draft(organisation=member.organisation, by=member.user, **GOOD)
    roles.submit_for_review(opportunity=role, by=member.user)
    assert list(Opportunity.objects.to_review()) == [role]
    roles.publish(opportunity=role, by=UserFactory(broker=True))
    assert list(Opportunity.objects.open()) == [role]
    assert role.published_at is not None
    assert Notification.objects.get().recipient == member.user
    assert Fact.objects.filter(kind="role.changed", subject_id=role.pk).count() == 1


def test_publish_needs_a_verified_group() -> None:
    role = OpportunityFactory(
        in_review=True, causes=["health"], organisation=OrganisationFactory(unverified=True)
    )
    with pytest.raises(Conflict) as refused:
        roles.publish(opportunity=role, by=None)
    assert refused.value.code == "group_not_verified"


def test_send_back_needs_words_and_tells_the_group() -> None:
    broker, member = UserFactory(broker=True), MembershipFactory()
    role = OpportunityFactory(in_review=True, organisation=member.organisation)
    with pytest.raises(InvalidInput):
        roles.send_back(opportunity=role, by=broker, words=" ")
    roles.send_back(opportunity=role, by=broker, words="Say who looks after people.")
    assert role.status == "draft"
    assert "Say who looks after people." in Notification.objects.get().body


@pytest.mark.parametrize(
    ("move", "status"),
    [
        (roles.submit_for_review, "open"),
        (roles.submit_for_review, "closed"),
        (roles.publish, "open"),
        (roles.publish, "closed"),
        (roles.close, "closed"),
        (roles.reopen, "open"),
        (roles.reopen, "draft"),
    ],
)
def test_wrong_status_is_a_conflict_and_changes_nothing(
    move: Callable[..., None], status: str
) -> None:
    role = OpportunityFactory(status=status, causes=["health"])
    with pytest.raises(Conflict) as refused:
        move(opportunity=role, by=None)
    assert refused.value.code == "wrong_status"
    role.refresh_from_db()
    assert role.status == status
    assert not AuditEntry.objects.exists()


def test_reopened_with_all_places_taken_is_full() -> None:
    role = OpportunityFactory(
        status="in_review", published_at=now(), places=1, places_taken=1, causes=["health"]
    )
    roles.publish(opportunity=role, by=None)
    assert role.status == "full"


def test_a_draft_that_was_never_shown_is_deleted() -> None:
    role, other = draft(), draft()
    roles.discard(opportunity=role, by=None)
    assert list(Opportunity.objects.all()) == [other]
    assert AuditEntry.objects.latest("pk").action == "opportunity.discarded"


@pytest.mark.parametrize("status", ["in_review", "open", "closed"])
def test_nothing_but_a_draft_is_deleted(status: str) -> None:
    role = OpportunityFactory(status=status, published_at=now() if status == "open" else None)
    with pytest.raises(Conflict) as refused:
        roles.discard(opportunity=role, by=None)
    assert refused.value.code == "not_a_draft"
    assert Opportunity.objects.filter(pk=role.pk).exists()


def test_a_draft_that_was_shown_before_is_not_deleted() -> None:
    role = OpportunityFactory(status="draft", published_at=now())
    with pytest.raises(Conflict):
        roles.discard(opportunity=role, by=None)
    assert Opportunity.objects.filter(pk=role.pk).exists()


def test_close_past_closes_what_is_over_once() -> None:
    over = OpportunityFactory(closes_on=today() - timedelta(days=1))
    OpportunityFactory(closes_on=today())
    OpportunityFactory()
    assert roles.close_past() == 1
    assert roles.close_past() == 0
    over.refresh_from_db()
    assert over.status == "closed"


def test_a_role_being_checked_that_its_group_changes_is_a_draft_again() -> None:
    role = OpportunityFactory(in_review=True)
    roles.update(opportunity=role, by=UserFactory(broker=True), summary="As the centre has it")
    assert role.status == "in_review"
    roles.update(opportunity=role, by=UserFactory(), summary="As the centre has it")
    assert role.status == "in_review"  # nothing changed
    roles.update(opportunity=role, by=UserFactory(), summary="Quite another")
    assert role.status == "draft"


def test_a_role_that_is_held_back_is_hidden_until_it_is_published_again() -> None:
    role, broker = OpportunityFactory(), UserFactory(broker=True)
    roles.hold_back(opportunity=role, words=None, by=broker)
    assert not role.is_public
    with pytest.raises(Conflict):
        roles.hold_back(opportunity=role, words=None, by=broker)


def test_the_group_of_a_role_that_is_held_back_hears_why_and_what_happens_next() -> None:
    member = MembershipFactory(user__preferred_language="en")
    role = OpportunityFactory(organisation=member.organisation, title="Pour tea", full=True)

    roles.hold_back(opportunity=role, by=UserFactory(broker=True), words=" Say where it is. ")

    told = Notification.objects.get(kind="opportunity.held_back")
    assert told.recipient == member.user
    assert told.subject == "Your role “Pour tea” is hidden for now"
    assert "and says:\n\nSay where it is.\n\nWhat happens next:" in told.body


def test_while_a_concern_is_looked_into_the_group_need_not_hear() -> None:
    role = OpportunityFactory(organisation=MembershipFactory().organisation)
    roles.hold_back(opportunity=role, by=UserFactory(broker=True), words=None)
    assert not Notification.objects.exists()


def test_a_reason_that_says_nothing_hides_no_role() -> None:
    role = OpportunityFactory(organisation=MembershipFactory().organisation)
    with pytest.raises(InvalidInput):
        roles.hold_back(opportunity=role, by=UserFactory(broker=True), words=" ")
    role.refresh_from_db()
    assert role.is_public
    assert not AuditEntry.objects.filter(action="opportunity.held_back").exists()
