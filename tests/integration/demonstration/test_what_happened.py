"""What else happened in the demonstration borough, beside and after the applications."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import F, Q, QuerySet, Sum
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import AuditEntry, User
from core.clock import LONDON
from demonstration import shortages
from demonstration.borough import Loaded
from demonstration.logins import VOLUNTEER_LOGINS
from desk.queues import QUEUES
from insights.models import Prospectus
from matching import datasets
from matching.models import HiddenRole, Impression, Suggestion
from matching.ranking import eligibility
from matching.recommender import shown_parts
from opportunities.models import Opportunity, Organisation
from placements.answering import waiting_too_long
from placements.models import (
    Application,
    Attendance,
    Concern,
    HoursEntry,
    Message,
    ServiceRecord,
    StillGoing,
    TimedOffer,
)
from tests.integration.demonstration.small import DAY, MODELS, SIZES, load_small, plan
from tests.kept import kept
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    with kept(django_db_blocker, load_small) as borough:
        yield borough


@pytest.mark.usefixtures("loaded")
class TestWhatHappened:
    """One borough for all of them: they only read it."""

    def test_every_page_has_something_to_show(self) -> None:
        empty = [model.__name__ for model in MODELS if not model._default_manager.exists()]
        # In a borough this small nobody may have been told anything by call or letter yet.
        assert set(empty) <= {"LetterBatch", "Telling"}
        group = Organisation.objects.get(memberships__user__email="group@example.org")
        assert Attendance.objects.filter(application__opportunity__organisation=group).exists()
        assert group.capacity_limits.standing().count() == 2
        assert group.invitations.count() == group.join_requests.count() == 1
        assert Prospectus.objects.waiting().filter(organisation=group, opened_at=None).exists()
        outdoors, reading = (
            Volunteer.objects.get(user__email=login.email) for login in VOLUNTEER_LOGINS[:2]
        )
        assert outdoors.user.saved_searches.count() == 2
        assert HiddenRole.objects.filter(volunteer=outdoors).exists()
        assert Suggestion.objects.filter(volunteer=reading, state="sent").exists()
        assert outdoors.calendar_feed.made_at.date() <= DAY

    def test_some_show_their_group_how_to_reach_them_as_far_as_there_is_a_way(
        self,
    ) -> None:
        shown = Application.objects.filter(Q(share_email=True) | Q(share_phone=True))
        told = AuditEntry.objects.filter(action="application.sharing_changed")
        assert 0 < shown.count() == told.count()
        assert not shown.exclude(state__in=["accepted", "started"]).exists()
        assert not shown.filter(share_email=True, volunteer__user__email=None).exists()
        assert not shown.filter(share_phone=True, volunteer__user__phone="").exists()

    def test_who_asked_was_told_their_chances_as_they_stood_then(self) -> None:
        asked = Application.objects.exclude(came_by="waiting_list")
        assert asked.count() > 50
        assert not asked.filter(told_place=None).exists()
        assert not Application.objects.exclude(told_place=None).filter(came_by="waiting_list")
        first, *_, last = asked.order_by("created_at", "pk")
        # Nothing was known of the borough when the first one asked.
        assert first.told_answer == 0.8 != last.told_answer
        assert len(set(asked.values_list("told_answer", flat=True))) > 5

    def test_people_looked_at_lists_and_opened_some_of_what_they_asked_for(self) -> None:
        seen = Impression.objects.exclude(event="hidden")
        pairs = {
            event: set(seen.filter(event=event).values_list("volunteer", "opportunity"))
            for event in ("shown", "opened", "applied")
        }
        assert 50 < len(pairs["applied"]) < len(pairs["opened"]) < len(pairs["shown"])
        assert pairs["applied"] <= pairs["opened"] <= pairs["shown"]
        asked = set(Application.objects.values_list("volunteer", "opportunity", "created_at"))
        for one in seen.filter(event="applied"):
            assert (one.volunteer_id, one.opportunity_id, one.at) in asked
        assert not seen.filter(at__lt=F("opportunity__published_at")).exists()
        assert not seen.filter(at__lt=F("volunteer__created_at")).exists()

    def test_nothing_is_learned_from_lists_that_nobody_ranked(self) -> None:
        kept = Impression.objects.filter(event="shown").values_list("parts", flat=True)
        _, readable = shown_parts.unpacked([bytes(one) for one in kept])
        assert not readable.any()

    def test_records_say_what_groups_confirmed(self) -> None:
        for record in ServiceRecord.objects.all():
            (total,) = (
                HoursEntry.objects.confirmed()
                .filter(application__volunteer=record.volunteer)
                .aggregate(Sum("minutes"))
                .values()
            )
            assert record.contents["minutes"] == total > 0

    def test_the_desk_has_work_of_every_kind_that_needs_no_ranking(self) -> None:
        empty = {code for code, queue in QUEUES.items() if not queue.waiting().exists()}
        # In a borough this small some of it may not have happened yet; no job of it failed.
        few = {"lapsed-offers", "lapsed-suggestions", "letters", "letters-to-post", "idle-groups"}
        assert empty <= {"no-match", "jobs", *few}
        assert Concern.objects.open().exists()
        assert Organisation.objects.filter(suspended_at__isnull=False).count() == 1
        assert User.objects.filter(is_active=False).count() == 1

    def test_attendance_and_hours_say_the_same(self) -> None:
        there = Attendance.objects.filter(state="attended")
        assert there.exists()
        assert (
            not HoursEntry.objects.filter(attendance__isnull=False)
            .exclude(attendance__in=there)
            .exists()
        )
        first = there.filter(application__started_at__isnull=True)
        assert not first.exists(), "who was there has started"
        for entry in HoursEntry.objects.select_related("application"):
            answered = entry.application.answered_at
            assert answered is not None
            assert answered.astimezone(LONDON).date() <= entry.day <= DAY

    def test_whoever_came_by_another_way_was_led_there(self) -> None:
        by_list = Application.objects.filter(came_by="waiting_list")
        assert TimedOffer.objects.filter(state="taken").count() == by_list.count()
        by_centre = Application.objects.filter(came_by="referral")
        assert Suggestion.objects.filter(state="accepted").count() == by_centre.count()
        for application in by_list:
            offer = TimedOffer.objects.get(
                volunteer=application.volunteer_id, opportunity=application.opportunity_id
            )
            assert (offer.state, offer.ended_at) == ("taken", application.created_at)
        for application in by_centre:
            assert application.suggestion.state == "accepted"
            assert application.suggestion.answered_at == application.created_at

    def test_a_place_is_kept_for_each_live_offer(self) -> None:
        live = TimedOffer.objects.filter(state="live")
        assert live.exists()
        for offer in live.select_related("entry", "opportunity"):
            assert offer.entry.state == "offered"
            assert offer.made_at < offer.answer_by
            assert offer.opportunity.places_taken >= 1

    def test_people_are_asked_whether_they_still_go_and_who_says_no_has_ended(self) -> None:
        assert StillGoing.objects.filter(still_there=True).exists()
        for question in StillGoing.objects.select_related("application"):
            started = question.application.started_at
            assert started is not None
            assert question.asked_at - started >= timedelta(days=30 if question.months == 1 else 91)
            if question.still_there is False:
                assert question.application.state == "ended"
                assert question.application.state_since == question.answered_at

    def test_a_group_leaves_no_more_than_two_late_on_a_role_that_takes_people(self) -> None:
        at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=LONDON) - timedelta(days=10, minutes=2)
        for role in Opportunity.objects.filter(status__in=["open", "full"]):
            late = role.applications.filter(
                state__in=["submitted", "acknowledged"], created_at__lt=at
            ).count()
            assert (late >= 3) == (role.catching_up_since is not None), role.pk

    def test_no_open_role_gives_the_people_of_a_shortage_what_they_want(self) -> None:
        (one, *others) = shortages.planted(1, SIZES["volunteers"])
        assert not others
        names = {f"Volunteer {number:04}" for number in one.members}
        people = Volunteer.objects.waiting().filter(user__first_name__in=names)
        assert people.count() == len(one.members), "all of them wait"
        assert not Application.objects.filter(volunteer__in=people).exists()
        suits = _suiting(people, one.activities)
        assert suits <= 0.2 * len(one.members)

    def test_whom_a_group_asked_to_talk_does_not_wait_too_long(self) -> None:
        with time_machine.travel(plan().end, tick=False):
            assert Message.objects.filter(application__state="invited", side="volunteer").exists()
            assert not waiting_too_long().filter(state="invited").exists()


def _suiting(people: QuerySet[Volunteer], activities: tuple[str, ...]) -> int:
    """How many of the people every hard rule lets have an open role with one of the activities."""
    tags = datasets.tags()
    roles = datasets.open_roles().filter(activities__code__in=activities).distinct()
    role_columns = datasets.roles(roles, tags).columns
    person_columns = datasets.volunteers(people, tags).columns
    applied = datasets.applied(person_columns, role_columns)
    outcomes = eligibility.evaluate(person_columns, role_columns, applied)
    return int(outcomes.eligible.any(axis=1).sum())
