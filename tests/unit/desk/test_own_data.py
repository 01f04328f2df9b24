"""A parent's word, a copy of their data and its deletion, for people who cannot sign in."""

import json

import pytest

from accounts.models import AuditEntry, User
from core import personal_data
from core.clock import today
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Fact
from desk.own_data import printed
from desk.services import own_data, parents
from equality.services import answers
from notifications.models import Notification
from opportunities.models import Membership
from placements.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.desk import DeskNoteFactory, LetterWriterFactory, message_to
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import ParentRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker():
    return UserFactory(broker=True)


@pytest.fixture
def child():
    born = today().replace(day=1, year=today().year - 14)
    return VolunteerFactory(user__email=None, date_of_birth=born)


def told(person):
    rows = Notification.objects.filter(recipient=person, kind="centre.acted_for_you")
    return list(rows.values_list("body", flat=True))


def test_a_parent_is_asked_for_a_child_who_called(broker, child):
    parents.ask(volunteer=child, name="A Parent", email="p@example.org", by=broker)

    request = ParentRequest.objects.get(volunteer=child)
    assert (request.email, request.state) == ("p@example.org", "asked")
    assert Fact.objects.filter(kind="parent.asked").exists()
    assert AuditEntry.objects.about(child).get(action="parent.asked").actor == broker
    (body,) = told(child.user)
    assert "wrote to your parent or guardian" in body
    assert "p@example.org" not in body


def test_no_parent_is_asked_who_need_not_be(broker, child):
    with pytest.raises(Conflict, match="You do not need"):
        parents.ask(volunteer=VolunteerFactory(), name="P", email="p@example.org", by=broker)
    child.user.is_active = False
    with pytest.raises(NotAllowed):
        parents.ask(volunteer=child, name="P", email="p@example.org", by=broker)

    assert not ParentRequest.objects.exists()


def test_a_person_is_given_all_but_their_equality_answers(broker):
    person = LetterWriterFactory().user
    DeskNoteFactory(person=person, words="Calls on Mondays.")
    answers.answer(user=person, by=person, religion="jain")

    given = own_data.give(person=person, known_by="met", by=broker)

    assert "equality.EqualityAnswers" not in given
    assert "jain" not in json.dumps(given)
    everything = personal_data.export(person)
    assert everything.pop("equality.EqualityAnswers")[0]["religion"] == "jain"
    assert given == everything
    assert given["desk.DeskNote"][0]["words"] == "Calls on Mondays."
    entry = AuditEntry.objects.about(person).get(action="person.data_given")
    assert (entry.actor, entry.details) == (broker, {"known_by": "met"})
    assert "made a copy of everything" in told(person)[0]
    assert "Answers to the equality questions are not in it" in told(person)[0]


def test_what_is_given_can_be_printed(broker):
    person = VolunteerFactory(user__email=None, about="#box 1 * 2 _ [").user

    document = printed(personal_data.export(person), name=str(person))

    assert document.startswith(b"%PDF-")


def test_a_person_is_deleted_and_the_trail_keeps_by_whom_and_how(broker):
    application = ApplicationFactory(state="accepted", volunteer__user__email=None)
    person, role = application.volunteer.user, application.opportunity
    pk = person.pk

    own_data.erase(person=person, known_by="called_back", by=broker)

    assert not User.objects.filter(pk=pk).exists()
    assert not Application.objects.exists()
    role.refresh_from_db()
    assert role.places_taken == 0
    entry = AuditEntry.objects.get(action="user.erased", subject_id=pk)
    assert (entry.actor, entry.details) == (broker, {"known_by": "called_back"})


def test_who_answers_for_a_group_alone_is_not_deleted(broker):
    owner = MembershipFactory(role=Membership.Role.OWNER, user__email=None).user

    with pytest.raises(Conflict, match="You are the only owner of"):
        own_data.erase(person=owner, known_by="met", by=broker)

    assert User.objects.filter(pk=owner.pk).exists()


@pytest.mark.parametrize("act", [own_data.give, own_data.erase])
def test_neither_is_done_for_who_can_do_it_or_was_not_made_sure_of(broker, act):
    colleague = UserFactory(staff_role="delivery", email=None)
    mailed, person = VolunteerFactory().user, VolunteerFactory(user__email=None).user

    for does_it_themselves in (colleague, mailed):
        with pytest.raises(NotAllowed, match="do it themselves"):
            act(person=does_it_themselves, known_by="met", by=broker)
    with pytest.raises(InvalidInput, match="how you made sure"):
        act(person=person, known_by="a feeling", by=broker)

    assert User.objects.filter(pk__in=[colleague.pk, mailed.pk, person.pk]).count() == 3
    assert not AuditEntry.objects.filter(action="person.data_given").exists()


def test_it_is_done_for_who_has_an_address_that_no_mail_reaches(broker):
    person = VolunteerFactory().user
    message = message_to(person, "a")
    assert not own_data.can_have(person)

    message.email_state = "failed"
    message.save()

    assert own_data.can_have(person)


def test_it_is_done_for_who_cannot_sign_in_any_more(broker):
    assert own_data.can_have(VolunteerFactory(user__is_active=False).user)
    assert not own_data.can_have(UserFactory(staff_role="delivery", is_active=False))
