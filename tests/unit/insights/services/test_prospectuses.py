"""A prospectus is a number that stays, a role that becomes a draft once, and mail for who asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict, NotAllowed
from insights.models import CountedPeople, Prospectus, ProspectusMail, RolePlan
from insights.selectors.supplies import supplies
from insights.services import counting, prospectus_mail, prospectuses
from insights.supply import Supply
from notifications import stopping
from notifications.models import Notification
from notifications.services import preferences
from notifications.services.delivery import deliver
from notifications.topics import PROSPECTUSES
from opportunities.models import Membership, Opportunity, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.insights import (
    WARD,
    CountedPeopleFactory,
    ProspectusFactory,
    ProspectusMailFactory,
    SegmentFactory,
)
from tests.factories.opportunities import MembershipFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
EVENINGS = sum(1 << day * 3 + 2 for day in range(5))


def planned(ward: str = WARD) -> Supply:
    role = {"activity": "befriending", "time": "weekday-evening", "ward": ward, "named": 9}
    return Supply.of_planned_role(role)


def people(number: int, **fields: Any) -> None:
    given = {"activities": ["befriending"], "availability": EVENINGS, "travel_miles": 10}
    VolunteerFactory.create_batch(number, **given | fields)


def count(supply: Supply) -> CountedPeople:
    return counting.count([supply])[supply.code]


class TestCounting:
    def test_people_of_a_planned_role_as_they_may_be_shown(self) -> None:
        people(22)
        people(9, availability=EVENINGS | 1)
        people(3, availability=0b10 | 1 << 2)
        people(5, activities=["gardening"])
        counted = count(planned())
        assert (counted.people, counted.template) == (35, "befriending-visitor")
        # Monday: nine in the morning, three in the afternoon, thirty-four in the evening.
        assert counted.heat[:3] == [10, None, 35]

    def test_who_has_not_said_what_they_would_like_is_counted_apart(self) -> None:
        people(22)
        people(12, activities=[])
        counted = count(planned())
        assert (counted.people, counted.not_said, counted.heat[2]) == (20, 10, 20)

    @pytest.mark.parametrize("silent", [0, 7])
    def test_nobody_and_a_few_who_have_not_said_are_not_told_apart(self, silent: int) -> None:
        people(22)
        people(silent, activities=[])
        assert count(planned()).not_said is None

    def test_nor_are_they_told_of_beside_too_few_who_named_it(self) -> None:
        people(7)
        people(12, activities=[])
        counted = count(planned())
        assert (counted.people, counted.not_said) == (None, None)

    def test_fewer_than_eight_are_not_counted_at_all(self) -> None:
        people(7)
        counted = count(planned())
        assert (counted.people, counted.waited_days, counted.heat) == (None, None, [])

    def test_nor_who_has_not_used_the_service_for_two_months(self) -> None:
        people(7)
        people(9, last_used_at=now() - timedelta(days=61))
        assert count(planned()).people is None

    def test_a_planned_role_has_the_number_that_its_page_has_all_month(self) -> None:
        people(22)
        with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC), tick=False) as clock:
            role: dict[str, Any] = {
                "activity": "befriending",
                "time": "weekday-evening",
                "ward": WARD,
            }
            slots = [0, 7, 38] * 7
            role |= {"named": 38, "not_said": 13, "waited_days": 70, "slots": slots}
            RolePlan.objects.create(made_at=now(), waiting=90, placeable=9, roles=[role])
            counted = count(planned())
            assert (counted.people, counted.not_said, counted.waited_days) == (40, 15, 70)
            assert counted.heat[:3] == [0, None, 40]
            # The plan of another month is no longer what its page says.
            clock.move_to(datetime(2026, 11, 2, tzinfo=UTC))
            Volunteer.objects.update(last_used_at=now())
            assert count(planned()).people == 20

    def test_eight_are_enough(self) -> None:
        people(8)
        assert count(planned()).people == 10

    def test_a_median_of_days_needs_twenty(self) -> None:
        people(19, waiting_since=datetime(2026, 1, 1, tzinfo=UTC))
        assert count(planned()).waited_days is None
        SegmentFactory(people=19)
        assert count(Supply.of_segment(SegmentFactory(people=19))).waited_days is None
        assert count(Supply.of_segment(SegmentFactory(people=20))).waited_days == 100

    def test_a_segments_people(self) -> None:
        counted = count(Supply.of_segment(SegmentFactory()))
        # 23 people: nobody, 4.6 and 20.7 on a weekday, half of them at weekends.
        assert (counted.people, counted.heat[:3], counted.heat[-1]) == (25, [0, None, 20], 10)

    def test_a_segment_that_is_gone_has_its_number_until_the_month_ends(self) -> None:
        segment = SegmentFactory(gone_at=datetime(2026, 1, 1, tzinfo=UTC))
        assert count(Supply.of_segment(segment)).people == 25

    def test_a_segment_that_is_no_longer_told_of_has_nobody(self) -> None:
        segment = SegmentFactory(published_month="", published={})
        assert count(Supply.of_segment(segment)).people is None

    def test_the_number_stays_for_the_month(self) -> None:
        """Two numbers of one month, held against each other, would tell who came between."""
        with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC), tick=False) as clock:
            segment = SegmentFactory(people=22)
            first = count(Supply.of_segment(segment))
            segment.published["people"] = 23
            segment.save()
            clock.move_to(datetime(2026, 10, 31, 12, tzinfo=UTC))
            assert count(Supply.of_segment(segment)) == first
            assert first.people == 20
            clock.move_to(datetime(2026, 11, 1, 12, tzinfo=UTC))
            assert count(Supply.of_segment(segment)).people == 25

    def test_a_segment_has_the_number_that_is_published_of_it(self) -> None:
        """Its people of this week beside those of its page would tell who came since."""
        segment = SegmentFactory(people=22)
        segment.people, segment.heat = 23, [1.0] * 21
        segment.save()
        (supply,) = supplies()
        assert supply.people == 22
        counted = count(supply)
        assert (counted.people, counted.heat[0]) == (20, 0)

    def test_a_segment_of_which_nothing_is_published_is_not_spoken_of(self) -> None:
        segment = SegmentFactory(published={})
        assert supplies() == []
        assert count(Supply.of_segment(segment)).people is None

    def test_no_true_number_is_kept(self) -> None:
        people(22)
        count(planned())
        (stored,) = CountedPeople.objects.values("people", "waited_days", "heat")
        numbers = {stored["people"], *stored["heat"]}
        assert numbers <= {None, *range(0, 100, 5)}


class TestDraft:
    @pytest.fixture
    def prospectus(self) -> Prospectus:
        return ProspectusFactory(organisation=MembershipFactory().organisation)

    def test_the_groups_draft_for_those_times(self, prospectus: Prospectus) -> None:
        member = prospectus.organisation.memberships.get().user
        role = prospectuses.draft(prospectus=prospectus, by=member)
        assert (role.organisation, role.status) == (prospectus.organisation, "draft")
        assert (role.template, role.weekly_slots) == ("befriending-visitor", EVENINGS)
        assert role.postcode == prospectus.organisation.postcode
        prospectus.refresh_from_db()
        assert prospectus.draft == role
        entry = AuditEntry.objects.about(prospectus).get()
        assert (entry.action, entry.actor) == ("prospectus.drafted", member)

    def test_a_second_tap_opens_the_same_draft(self, prospectus: Prospectus) -> None:
        first = prospectuses.draft(prospectus=prospectus, by=UserFactory())
        again = prospectuses.draft(prospectus=prospectus, by=UserFactory())
        assert first == again == Opportunity.objects.get()
        assert AuditEntry.objects.about(prospectus).count() == 1

    def test_a_draft_that_is_gone_is_not_made_again(self, prospectus: Prospectus) -> None:
        prospectuses.draft(prospectus=prospectus, by=UserFactory()).delete()
        with pytest.raises(Conflict):
            prospectuses.draft(prospectus=prospectus, by=UserFactory())

    def test_work_without_a_template_is_named(self, prospectus: Prospectus) -> None:
        prospectus.counted = CountedPeopleFactory(template="", activity="cleaning")
        prospectus.save()
        role = prospectuses.draft(prospectus=prospectus, by=UserFactory())
        assert role.title == "Cleaning and tidying"
        assert role.weekly_slots == EVENINGS

    def test_not_for_us_and_back(self, prospectus: Prospectus) -> None:
        prospectuses.put_aside(prospectus=prospectus, by=UserFactory())
        assert not Prospectus.objects.waiting()
        prospectuses.take_up_again(prospectus=prospectus, by=UserFactory())
        assert Prospectus.objects.waiting().get() == prospectus

    def test_opened_by_the_group_and_nobody_else(self, prospectus: Prospectus) -> None:
        prospectuses.opened(prospectus=prospectus, by=UserFactory(broker=True))
        assert prospectus.opened_at is None
        member = prospectus.organisation.memberships.get().user
        prospectuses.opened(prospectus=prospectus, by=member)
        first = prospectus.opened_at
        assert first is not None
        prospectuses.opened(prospectus=prospectus, by=member)
        assert prospectus.opened_at == first


class TestMail:
    @pytest.fixture
    def membership(self) -> Membership:
        return MembershipFactory(user__preferred_language="en-gb")

    @pytest.fixture
    def group(self, membership: Membership) -> Organisation:
        return membership.organisation

    def tell(self, group: Organisation) -> list[Any]:
        told = prospectus_mail.tell(ProspectusFactory(organisation=group))
        sent = list(Notification.objects.filter(kind="prospectus"))
        for message in sent:
            deliver(message.pk, lease_on("notification.created", message.pk))
        assert told == len(sent)
        return mail.outbox

    def test_nobody_who_did_not_say_yes(self, group: Organisation) -> None:
        assert not self.tell(group)

    def test_who_said_yes_and_nobody_else_of_the_group(
        self, group: Organisation, membership: Membership
    ) -> None:
        MembershipFactory(organisation=group)
        prospectus_mail.choose(
            organisation=group, wants=True, told="Twice a month.", by=membership.user
        )
        with time_machine.travel(datetime(2026, 11, 18, 12, tzinfo=UTC)):
            (sent,) = self.tell(group)
        assert sent.to == [membership.user.email]
        assert sent.subject == "About 25 people in and near Harrow want to help"
        html = sent.alternatives[0][0]
        prospectus = Prospectus.objects.get()
        for words in (
            "About 25 people near Marlborough want to help.",
            "befriending",
            "weekday evenings",
            "Half of them have waited for more than 3 months.",
            f"/groups/{group.pk}/prospectuses/{prospectus.pk}/",
            "We write at most twice a month.",
        ):
            assert words in sent.body
            assert words in html
        assert "/stop/" in sent.extra_headers["List-Unsubscribe"]

    def test_a_yes_is_recorded_with_what_they_were_told(
        self, group: Organisation, membership: Membership
    ) -> None:
        prospectus_mail.choose(
            organisation=group, wants=True, told="Twice a month.", by=membership.user
        )
        row = ProspectusMail.objects.get()
        assert (row.user, row.told) == (membership.user, "Twice a month.")
        assert row.at is not None
        entry = AuditEntry.objects.about(row).get()
        assert (entry.actor, entry.details) == (membership.user, {"wants": True})

    def test_a_no_ends_it(self, group: Organisation, membership: Membership) -> None:
        for wants in (True, False):
            prospectus_mail.choose(organisation=group, wants=wants, told="t", by=membership.user)
        assert not self.tell(group)

    def test_nobody_says_yes_for_another(self, group: Organisation) -> None:
        with pytest.raises(NotAllowed):
            prospectus_mail.choose(
                organisation=group, wants=True, told="t", by=UserFactory(broker=True)
            )

    def test_who_left_the_group_is_not_mailed(
        self, group: Organisation, membership: Membership
    ) -> None:
        ProspectusMailFactory(organisation=group, user=membership.user)
        membership.delete()
        assert not self.tell(group)

    def test_the_link_in_a_mail_stops_them_and_a_yes_brings_them_back(
        self, client: Any, group: Organisation, membership: Membership
    ) -> None:
        ProspectusMailFactory(organisation=group, user=membership.user)
        token = stopping.token_for(membership.user.pk, [PROSPECTUSES])
        client.post(f"/stop/{token}/")
        assert not prospectus_mail.wants_mail(organisation=group, user=membership.user)
        assert not self.tell(group)
        prospectus_mail.choose(organisation=group, wants=True, told="t", by=membership.user)
        assert prospectus_mail.wants_mail(organisation=group, user=membership.user)

    def test_stopped_between_the_message_and_its_mail(
        self, group: Organisation, membership: Membership
    ) -> None:
        ProspectusMailFactory(organisation=group, user=membership.user)
        prospectus_mail.tell(ProspectusFactory(organisation=group))
        preferences.stop(user=membership.user, topic=PROSPECTUSES, by=membership.user)
        message = Notification.objects.get(kind="prospectus")
        assert not deliver(message.pk, lease_on("notification.created", message.pk))
        assert not mail.outbox
