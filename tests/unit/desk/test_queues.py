from datetime import timedelta

import pytest

from core import clock
from desk import queues
from desk.queues import QUEUES
from matching.models import Recommendation
from opportunities.models import JoinRequest, Opportunity
from opportunities.services import people
from placements.models import Application, Message
from tests.factories.accounts import UserFactory
from tests.factories.desk import DeskNoteFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def ago(days):
    return clock.now() - days * DAY


def listed(code):
    return list(QUEUES[code].waiting())


def test_people_without_an_answer_are_listed_from_the_tenth_day_longest_first():
    ApplicationFactory(created_at=ago(9))
    short = ApplicationFactory(created_at=ago(11))
    long = ApplicationFactory(created_at=ago(30), state="acknowledged")
    ApplicationFactory(created_at=ago(40), state="invited")
    talking = ApplicationFactory(created_at=ago(40), state="invited", state_since=ago(35))
    for days in (20, 11):
        Message.objects.create(
            application=talking, side="volunteer", words="Hello?", sent_at=ago(days)
        )
    ApplicationFactory(created_at=ago(40), state="declined")
    ApplicationFactory(created_at=ago(40), volunteer__user__is_active=False)
    # The answer is on its way.
    ApplicationFactory(created_at=ago(40), held_move="decline", held_until=ago(-1))

    assert listed("no-answer") == [long, talking, short]


def test_groups_are_listed_that_let_many_wait_or_seldom_answer():
    many, slow, good, stopped = OrganisationFactory.create_batch(4)
    for _ in range(3):
        ApplicationFactory(opportunity__organisation=many, created_at=ago(12))
    role = OpportunityFactory(organisation=slow)
    ApplicationFactory(opportunity=role, created_at=ago(20))
    ApplicationFactory(opportunity=role, created_at=ago(20), state="declined")
    ApplicationFactory(opportunity__organisation=good, created_at=ago(20))
    ApplicationFactory(opportunity__organisation=stopped, created_at=ago(20))
    for group, share in ((slow, 0.3), (good, 0.9), (stopped, 0.1)):
        group.answered_share = share
    stopped.suspended_at = clock.now()
    for group in (slow, good, stopped):
        group.save()

    found = listed("silent-groups")

    assert found == [slow, many]
    assert [group.unanswered for group in found] == [1, 3]


def test_people_with_an_empty_list_are_listed():
    def person(role_ids, **fields):
        volunteer = VolunteerFactory(**fields)
        Recommendation.objects.create(
            volunteer=volunteer,
            role_ids=role_ids,
            policy="t",
            model_version="t",
            computed_at=clock.now(),
        )
        return volunteer

    nothing = person("", waiting_since=ago(3))
    person(",3,")
    person("", paused_at=clock.now())
    person("", waiting_since=None)
    VolunteerFactory()

    assert listed("no-match") == [nothing.user]


def test_offers_that_nobody_answered_are_listed_for_a_month():
    lapsed = ApplicationFactory(state="lapsed", reason="time_over", state_since=ago(2))
    ApplicationFactory(state="lapsed", reason="time_over", state_since=ago(31))
    ApplicationFactory(state="lapsed", state_since=ago(2))
    ApplicationFactory(
        state="lapsed", reason="time_over", state_since=ago(2), volunteer__waiting_since=None
    )

    assert listed("lapsed-offers") == [lapsed]


def test_groups_without_a_role_for_a_month_are_listed():
    never = OrganisationFactory(verified_at=ago(50))
    OrganisationFactory(verified_at=ago(20))
    closed = OrganisationFactory(verified_at=ago(90))
    OpportunityFactory(organisation=closed, closed=True)
    lately = OrganisationFactory(verified_at=ago(90))
    live = OrganisationFactory(verified_at=ago(90))
    OpportunityFactory(organisation=live)
    sent = OrganisationFactory(verified_at=ago(90))
    OpportunityFactory(organisation=sent, in_review=True)
    Opportunity.objects.update(updated_at=ago(40))
    OpportunityFactory(organisation=lately, closed=True)

    assert listed("idle-groups") == [never, closed]


def test_groups_are_listed_that_leave_somebody_waiting_who_asks_to_act_for_them():
    long, lately, stopped, answered = OrganisationFactory.create_batch(4)
    for group, days in ((long, 8), (lately, 6), (stopped, 8), (answered, 8)):
        people.ask_to_join(organisation=group, user=UserFactory())
        JoinRequest.objects.filter(organisation=group).update(created_at=ago(days))
    JoinRequest.objects.filter(organisation=answered).update(state="declined")
    stopped.suspended_at = clock.now()
    stopped.save()

    assert listed("join-requests") == [long]
    assert [one.user for one in listed("join-requests")[0].asking] == [
        JoinRequest.objects.get(organisation=long).user
    ]


def test_what_is_put_aside_is_off_its_list_until_the_day():
    group = OrganisationFactory(unverified=True)
    note = DeskNoteFactory(group=group, queue="groups-to-verify", look_again_on=clock.today() + DAY)
    queue = QUEUES["groups-to-verify"]

    assert (list(queue.waiting()), list(queue.put_aside())) == ([], [group])
    note.look_again_on = clock.today()
    note.save()
    assert (list(queue.waiting()), list(queue.put_aside())) == ([group], [])


def test_what_is_put_aside_on_one_list_stays_on_the_others():
    group = OrganisationFactory(unverified=True)
    DeskNoteFactory(group=group, queue="idle-groups", look_again_on=clock.today() + DAY)

    assert listed("groups-to-verify") == [group]


def test_late_lists_come_first_then_those_that_have_something():
    OpportunityFactory(in_review=True)
    Opportunity.objects.update(updated_at=ago(4))
    OrganisationFactory(unverified=True)

    codes = [standing.queue.code for standing in queues.desk()]

    assert codes[:3] == ["roles-to-check", "groups-to-verify", "no-answer"]


def test_each_list_is_counted_in_one_query(django_assert_num_queries):
    for _ in range(3):
        ApplicationFactory(created_at=ago(12))

    with django_assert_num_queries(len(QUEUES)):
        standings = {standing.queue.code: standing for standing in queues.desk()}

    assert standings["no-answer"].count == 3
    assert standings["no-answer"].since == Application.objects.earliest("pk").created_at


@pytest.mark.parametrize("queue", QUEUES.values(), ids=list(QUEUES))
def test_each_list_is_searched_by_its_names(queue):
    assert list(queue.matching(queue.waiting(), "nobody-is called-that")) == []
