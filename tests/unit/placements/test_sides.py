import pytest
from django.contrib.auth.models import AnonymousUser

from core.errors import NotAllowed, NotFound
from placements.models import Application
from placements.selectors import received_for, sent_by, visible_to
from placements.sides import check_can_make, moves_open_to, sides_of
from placements.states import FINAL, Move, Mover, State
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return ApplicationFactory()


@pytest.fixture
def member(application):
    return MembershipFactory(organisation=application.opportunity.organisation).user


def test_person_group_and_centre_stand_on_their_sides(application, member):
    person = application.volunteer.user
    assert sides_of(person, application) == {Mover.VOLUNTEER}
    assert sides_of(member, application) == {Mover.GROUP}
    assert sides_of(UserFactory(broker=True), application) == {Mover.VOLUNTEER, Mover.GROUP}


def test_strangers_and_closed_accounts_stand_on_none(application, member):
    member.is_active = False
    for stranger in (
        AnonymousUser(),
        UserFactory(),
        UserFactory(delivery_group=True),
        MembershipFactory().user,
        member,
    ):
        assert sides_of(stranger, application) == set()
        with pytest.raises(NotFound):
            check_can_make(stranger, application, Move.ACCEPT)
        assert not visible_to(stranger).exists()


def test_member_who_applied_to_their_own_group_stands_on_both():
    membership = MembershipFactory()
    application = ApplicationFactory(
        volunteer__user=membership.user, opportunity__organisation=membership.organisation
    )
    assert sides_of(membership.user, application) == {Mover.VOLUNTEER, Mover.GROUP}


def test_each_move_is_for_its_side(application, member):
    check_can_make(member, application, Move.ACCEPT)
    check_can_make(application.volunteer.user, application, Move.WITHDRAW)
    with pytest.raises(NotAllowed):
        check_can_make(member, application, Move.WITHDRAW)
    with pytest.raises(NotAllowed):
        check_can_make(application.volunteer.user, application, Move.ACCEPT)


def test_nobody_but_the_service_lets_an_application_lapse(application, member):
    with pytest.raises(NotAllowed):
        check_can_make(UserFactory(broker=True), application, Move.LAPSE)


@pytest.mark.parametrize("state", State)
def test_moves_open_are_those_of_the_table(application, state):
    application.state = state
    both = frozenset({Mover.VOLUNTEER, Mover.GROUP})
    open_to_both = set(moves_open_to(both, application))
    assert open_to_both == {
        move for side in both for move in moves_open_to(frozenset({side}), application)
    }
    assert moves_open_to(frozenset(), application) == []
    assert (state in FINAL) == (not open_to_both)


def test_applications_are_found_by_who_may_know_of_them(application, member):
    elsewhere = ApplicationFactory(volunteer=application.volunteer)
    assert list(sent_by(application.volunteer.user)) == [elsewhere, application]
    assert list(visible_to(application.volunteer.user)) == [elsewhere, application]
    assert list(visible_to(member)) == [application]
    assert list(received_for(application.opportunity)) == [application]
    assert list(visible_to(UserFactory(broker=True))) == [elsewhere, application]
