"""A waiting list: of two people the first lets an offer run out, and the second takes the place."""

from collections.abc import Callable
from datetime import timedelta

from accounts.models import User
from core.clock import now
from opportunities.models import Opportunity
from opportunities.services import roles
from placements.models import Application, TimedOffer
from placements.services import timed_offers
from tests.browser.travellers import Traveller
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.work import work_is_done

ROLE = "Walk the demonstration dogs"


def test_an_offer_that_runs_out_goes_to_the_next_person(
    enter: Callable[[User], Traveller],
) -> None:
    role = OpportunityFactory(title=ROLE, places=1, takes_from_waiting_list=True)
    ApplicationFactory(opportunity=role, state="accepted")
    Opportunity.objects.filter(pk=role.pk).update(status="full")
    member = MembershipFactory(organisation=role.organisation).user
    first, second = (enter(VolunteerFactory(user__first_name=name).user) for name in ("A", "B"))
    for person, position in ((first, "number 1 of 1"), (second, "number 2 of 2")):
        join(person, role, position)

    role.refresh_from_db()
    roles.update(opportunity=role, by=member, places=2)
    work_is_done()
    (offer,) = TimedOffer.objects.all()
    assert offer.volunteer.user.first_name == "A"
    first.open("/me/waiting/")
    first.press("Say yes or no")
    first.sees("It is your turn")
    second.open("/me/waiting/")
    second.sees_not("A place is kept for you")

    let_it_run_out(offer)
    first.page.reload()
    first.sees_not("It is your turn")
    second.open("/me/waiting/")
    second.press("Say yes or no")
    second.press("Yes, please")
    second.sees("The place is yours")
    placed = Application.objects.get(volunteer__user__first_name="B")
    assert placed.state == "accepted"
    role.refresh_from_db()
    assert (role.places_taken, role.places) == (2, 2)


def join(person: Traveller, role: Opportunity, position: str) -> None:
    person.open(f"/roles/{role.pk}/")
    person.press("Join the waiting list")
    person.press("Join the waiting list")
    person.sees("You are on the waiting list.", position)


def let_it_run_out(offer: TimedOffer) -> None:
    """Three days go by."""
    past = now() - timedelta(minutes=1)
    TimedOffer.objects.filter(pk=offer.pk).update(made_at=past - timedelta(days=3), answer_by=past)
    timed_offers.end_unanswered()
    work_is_done()
