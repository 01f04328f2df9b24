"""The volunteer centre's round: a new group, its role, and people suggested for it, who consent."""

import re
from collections.abc import Callable
from datetime import timedelta

from accounts.models import User
from core.clock import now
from matching.models import PlacementRound
from opportunities.models import Opportunity
from placements.models import Application
from tests.browser.travellers import Traveller
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.plans import plan_for
from tests.factories.volunteers import VolunteerFactory
from tests.work import work_is_done
from volunteers.models import Volunteer

GROUP, ROLE = "Example Newcomers 3", "Pour tea for newcomers"


def test_a_group_a_role_and_a_round(enter: Callable[[User], Traveller]) -> None:
    membership = MembershipFactory(organisation__unverified=True, organisation__name=GROUP)
    role = OpportunityFactory(
        organisation=membership.organisation, title=ROLE, in_review=True, causes=["loneliness"]
    )
    broker = enter(UserFactory(broker=True))
    check_group_and_role(broker)
    role.refresh_from_db()
    assert role.status == Opportunity.Status.OPEN
    work_is_done()

    yes, no = (somebody_waiting(name) for name in ("Demo-Yes", "Demo-No"))
    plan_for((yes, role), (no, role))
    send_a_round(broker)
    work_is_done()

    agreed, refused = enter(yes.user), enter(no.user)
    read_suggestion(agreed)
    agreed.press("Yes, ask the group")
    agreed.sees("The group has your name now")
    read_suggestion(refused)
    refused.follow("No thanks")
    refused.choose(re.compile("too far"))
    refused.press("No, thank you")
    refused.sees("Thank you for telling us.")

    trustee = enter(membership.user)
    trustee.open(f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/")
    trustee.sees("Demo-Yes", "volunteer centre")
    trustee.sees_not("Demo-No")
    trustee.press(re.compile("^Give a place"))
    trustee.press("Give a place")
    trustee.sees("Demo-Yes has a place.")
    assert Application.objects.get().state == "accepted"

    broker.open(f"/desk/rounds/{PlacementRound.objects.get().pk}/")
    broker.sees("2 suggested. 1 said yes", "1 have a place")


def somebody_waiting(name: str) -> Volunteer:
    return VolunteerFactory(
        user__first_name=name, waiting_since=now() - timedelta(days=20), last_used_at=now()
    )


def check_group_and_role(broker: Traveller) -> None:
    broker.open("/desk/")
    broker.follow(re.compile("Groups to check"))
    broker.follow(GROUP)
    broker.press("Check this group")
    broker.press("Yes, its roles can be shown")
    broker.sees(f"{GROUP} is checked.")
    broker.open("/desk/")
    broker.follow(re.compile("Roles to"))
    broker.follow(ROLE)
    broker.press("Show it to people")
    broker.sees("People can see the role now.")


def send_a_round(broker: Traveller) -> None:
    broker.open("/desk/rounds/")
    broker.sees("There has been no round yet.")
    broker.press("Draw up a round")
    broker.fill("How many people at most?", "10")
    broker.press("Draw it up")
    broker.sees("A draft: nobody has been told.", "Likes gardening.")
    broker.press(re.compile("^Send "))
    broker.press("Send them")
    broker.sees("Sent to 2 people.")


def read_suggestion(person: Traveller) -> None:
    person.open("/me/messages/")
    person.follow(re.compile("Open|suggests"))
    person.sees("The volunteer centre suggests this role", ROLE)
