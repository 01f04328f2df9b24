"""What a group sees of a person, at each stage: every address that a member of the group can open
is read, page and API, and searched for words that only this person has.

The stages are reached through the services and the ranking is done, so that messages and reasons
are there too. A new page that shows more fails here without being named.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest

from accounts.models import User
from core.clock import now
from matching import recommender
from notifications.models import Notification
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications, conversations, sharing, unanswered
from placements.states import Mover
from tests.architecture.audiences import AUDIENCES, IN, ROUTES
from tests.architecture.walking import ask, path_of, session_of
from tests.factories.core import lease_on
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.cast import ROLES
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

#: What the person told us: a word that stands nowhere else → what it is.
CANARIES = {
    "Firstcanary": "first name",
    "Lastcanary": "last name",
    "mailcanary@example.org": "email",
    "07700 900987": "phone",
    "HA1 2XY": "postcode",
    "HA12XY": "postcode",
    "1987-03-27": "date of birth",
    "27 March 1987": "date of birth",
    "aboutcanary": "what they wrote about themselves",
    "experiencecanary": "what they wrote of their experience",
    "supportcanary": "support needs",
    "messagecanary": "message",
    "talkcanary": "what they wrote to the group since",
    "bring somebody with": "that somebody comes with them",
    "Marlborough": "ward",
    "Speaks Gujarati": "language that the role asks for",
    "Speaks Polish": "language that the role does not ask for",
    "Cares about loneliness": "cause in common",
    "Cares about animals": "cause that is not in common",
    "both mention: sailing": "word in common",
}
ASKING = {
    "first name",
    "ward",
    "message",
    "cause in common",
    "language that the role asks for",
    "word in common",
}
#: Say the same at each stage, in words of the service alone, and are long: read at `MOST` only.
ALIKE = {"api/schema/", "api/docs/", "api/v1/taxonomy/", "api/v1/transparency/", "about/ranking/"}
#: Where the most is shown.
MOST = "placed and shares both"
#: What the member sees of it at each stage.
SEEN = {
    "before": set(),
    "asked": ASKING,
    "has written": ASKING | {"what they wrote to the group since"},
    "shares the phone": ASKING | {"phone"},
    "shares and takes it back": ASKING,
    "seen": ASKING,
    "invited": ASKING,
    "offered": ASKING,
    "placed": ASKING | {"last name"},
    "placed and shares both": ASKING | {"last name", "email", "phone"},
    "declined": {"first name"},
    "withdrawn": {"first name"},
    "withdrawn from a place": {"first name"},
    "lapsed": {"first name"},
    "shared, then declined": {"first name"},
    "has written, then withdrawn": {"first name", "what they wrote to the group since"},
    "has written, over for long": {"first name"},
}


@dataclass
class Case:
    """A group's member, its role, and a person who suits it."""

    member: User
    role: Opportunity
    person: Volunteer

    def ask_for_it(self) -> Application:
        return applications.submit(
            volunteer=self.person,
            opportunity=self.role,
            message="messagecanary",
            by=self.person.user,
        )

    def reach(self, stage: str) -> None:
        """Bring the two to a stage, through the services."""
        if stage == "before":
            return
        application = self.ask_for_it()
        for step in _WAYS[stage]:
            step(application, self)


def _close(application: Application, case: Case) -> None:
    Opportunity.objects.filter(pk=case.role.pk).update(status=Opportunity.Status.CLOSED)
    case.role.refresh_from_db()
    assert unanswered.lapse_unanswered(opportunity=case.role) == 1


def _make(move: Callable[..., Application], **words: str) -> Callable[[Application, Case], None]:
    def make(application: Application, case: Case) -> None:
        move(application=application, by=case.member, **words)

    return make


def _write(application: Application, case: Case) -> None:
    conversations.write(
        application=application, side=Mover.VOLUNTEER, words="talkcanary", by=case.person.user
    )


def _share(email: bool, phone: bool) -> Callable[[Application, Case], None]:
    def share(application: Application, case: Case) -> None:
        sharing.choose(application=application, email=email, phone=phone, by=case.person.user)

    return share


def _long_ago(application: Application, case: Case) -> None:
    """Its end moves back, and the member has cleared the messages about it."""
    ended = now() - conversations.OPEN_AFTER_THE_END
    Application.objects.filter(pk=application.pk).update(state_since=ended)
    Notification.objects.filter(recipient=case.member).delete()


_ACCEPT, _WITHDRAW = _make(applications.accept), _make(applications.withdraw)
_WAYS: dict[str, list[Callable[[Application, Case], None]]] = {
    "asked": [],
    "seen": [_make(applications.acknowledge)],
    "invited": [_make(applications.invite)],
    "offered": [_make(applications.offer)],
    "placed": [_make(applications.offer), _make(applications.take_up)],
    "declined": [_make(applications.decline, reason="too_far")],
    "withdrawn": [_WITHDRAW],
    "withdrawn from a place": [_ACCEPT, _WITHDRAW],
    "lapsed": [_close],
    "has written": [_write],
    "shares the phone": [_share(email=False, phone=True)],
    "shares and takes it back": [_share(True, True), _share(False, False)],
    "placed and shares both": [_ACCEPT, _share(True, True)],
    "shared, then declined": [_share(True, True), _make(applications.decline, reason="too_far")],
    "has written, then withdrawn": [_write, _WITHDRAW],
    "has written, over for long": [_write, _WITHDRAW, _long_ago],
}


@pytest.fixture
def case() -> Case:
    membership = MembershipFactory(
        organisation__name="Example Boat Club", organisation__postcode="HA5 3AB"
    )
    role = OpportunityFactory(
        organisation=membership.organisation,
        title="Crew for an afternoon",
        description="You will go sailing with people, and sailing back.",
        postcode="HA5 3AB",
        causes=["loneliness"],
        languages=["gu"],
        dbs_level="none",
    )
    person = VolunteerFactory(
        user__first_name="Firstcanary",
        user__last_name="Lastcanary",
        user__email="mailcanary@example.org",
        user__phone="07700 900987",
        postcode="HA1 2XY",
        date_of_birth="1987-03-27",
        about="aboutcanary sailing",
        experience="experiencecanary",
        support_needs="supportcanary",
        wants_company=True,
        motives=["english"],
        causes=["loneliness", "animals"],
        languages=["gu", "pl"],
    )
    person.refresh_from_db()
    return Case(membership.user, role, person)


def text_of(response: Any) -> str:
    """What can be read in a response. Of a PDF that is its title: what is set in type is not
    readable here, and the one of a role is made from what everybody sees of it.
    """
    is_pdf = response.headers.get("Content-Type") == "application/pdf"
    return str(response.content.decode("latin-1" if is_pdf else "utf-8"))


def everything_read_by(case: Case, *, but: Collection[str]) -> str:
    """The text of every address that the member can open `but` these, and of the messages to
    them.
    """
    application = Application.objects.filter(opportunity=case.role).first()
    known = {
        "role": case.role.pk,
        "role_id": case.role.pk,
        "group": case.role.organisation_id,
        "group_id": case.role.organisation_id,
        "application": application.pk if application else 0,
        "application_id": application.pk if application else 0,
        "offered": application.pk if application else 0,
        "mail": 0,
    }
    session = session_of(case.member)
    member = ROLES.index("member")
    texts = [
        text_of(ask(session, "GET", path_of(address, route, known)))
        for address, route in ROUTES.items()
        if route.get and AUDIENCES[route.get][member] == IN and address not in but
    ]
    told = Notification.objects.filter(recipient=case.member)
    return "\n".join([*texts, *(f"{message.subject} {message.body}" for message in told)])


def rank(case: Case) -> None:
    recommender.refresh_volunteer(case.person.pk, lease_on("profile.changed", case.person.pk))
    for application in Application.objects.all():
        lease = lease_on("application.changed", application.pk)
        recommender.refresh_application(application.pk, lease)


@pytest.mark.parametrize("stage", SEEN)
def test_what_a_group_sees_of_a_person(case: Case, stage: str) -> None:
    case.reach(stage)
    rank(case)

    text = everything_read_by(case, but=() if stage == MOST else ALIKE)

    own_words = case.role.description
    assert own_words in text  # the group's own role is there: the pages were read
    assert ROUTES.keys() >= ALIKE
    shown = {what for word, what in CANARIES.items() if word in text}
    assert shown == SEEN[stage]
