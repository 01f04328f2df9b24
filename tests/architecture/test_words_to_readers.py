"""Whoever is told something reads it in their own language, with a subject that fits a phone.

One message at least of each topic, told by somebody who works in the other language.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import translation

from accounts.models import User
from core.clock import now
from desk.services import referring
from insights.services import prospectus_mail, yearly_question
from matching.models import Invitation, Suggestion
from matching.services import invitations, suggestions
from notifications.models import Notification
from notifications.rendering import message_mail
from notifications.services.texting import text_of
from notifications.stopping import text_address
from notifications.subjects import LONGEST
from notifications.text_length import fits
from notifications.topics import KINDS, TOPICS
from opportunities.models import Membership, Opportunity, SavedSearchRole
from opportunities.services import limits, organisations, people, roles, saved_searches
from placements.models import Application, Attendance
from placements.services import (
    catching_up,
    concerns,
    conversations,
    group_reminders,
    messages,
    still_going,
    volunteering_messages,
    waiting_messages,
)
from placements.services.concerns import Subject
from placements.states import Move, Mover
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.insights import (
    CountedPeopleFactory,
    ProspectusFactory,
    ProspectusMailFactory,
)
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    SavedSearchFactory,
    SessionFactory,
)
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from volunteers.services import parents, profiles

pytestmark = pytest.mark.django_db

#: 1, 3: titles, names and words of people are the same in every language.
TITLE = "Zumba 3 " * 12
GROUP = "Zumba 7 " * 9
Tell = Callable[[User, Opportunity], object]


def _application(reader: User, role: Opportunity, **also: object) -> Application:
    return ApplicationFactory(
        volunteer=VolunteerFactory(user=reader, waiting_since=now()), opportunity=role, **also
    )


def _asked_of(reader: User, role: Opportunity, **also: object) -> Application:
    """Somebody without a name asks the reader's group."""
    MembershipFactory(organisation=role.organisation, user=reader)
    return ApplicationFactory(opportunity=role, volunteer__user__first_name="", **also)


def _group_writes(reader: User, role: Opportunity) -> None:
    conversations.write(
        application=_application(reader, role), side=Mover.GROUP, words="123", by=UserFactory()
    )


def _person_writes(reader: User, role: Opportunity) -> None:
    asked = _asked_of(reader, role)
    conversations.write(
        application=asked, side=Mover.VOLUNTEER, words="123", by=asked.volunteer.user
    )


def _can_start(reader: User, role: Opportunity) -> None:
    VolunteerFactory(user=reader, can_start_from=now().date())
    profiles.welcome_starters()


def _date_taken_out(reader: User, role: Opportunity) -> None:
    application = _application(reader, role, state="started")
    starts = now() + timedelta(days=2)
    row = Attendance(pk=1, application=application, starts_at=starts, ends_at=starts)
    volunteering_messages.date_taken_out(row)


def _session_tomorrow(reader: User, role: Opportunity) -> None:
    application = _application(reader, role, state="started")
    application.opportunity.postcode = ""
    session = SessionFactory(opportunity=role)
    volunteering_messages.session_reminder(application, session, said_so=False)


def _hours_questioned(reader: User, role: Opportunity) -> None:
    asked = _asked_of(reader, role, state="started")
    volunteering_messages.hours_questioned(HoursEntryFactory(application=asked))


def _invited(reader: User, role: Opportunity) -> None:
    person = VolunteerFactory(user=reader, waiting_since=now())
    made = Invitation.objects.create(volunteer=person, opportunity=role, made_at=now())
    invitations.send(made.pk, lease_on("invitation.made", made.pk))


def _new_role(reader: User, role: Opportunity) -> None:
    search = SavedSearchFactory(user=reader, name="12")
    SavedSearchRole.objects.create(search=search, opportunity=role)
    saved_searches.tell(search.pk)


def _answers_due(reader: User, role: Opportunity) -> None:
    asked = _asked_of(reader, role)
    Application.objects.filter(pk=asked.pk).update(created_at=now() - timedelta(days=4))
    group_reminders.remind()


def _catching_up(reader: User, role: Opportunity) -> None:
    _asked_of(reader, role)
    for __ in range(catching_up.MOST_LATE):
        ApplicationFactory(opportunity=role)
    Application.objects.update(created_at=now() - timedelta(days=12))
    catching_up.follow_all()


def _stopped_words(reader: User, role: Opportunity) -> None:
    asked = _asked_of(reader, role, state="started")
    Application.objects.filter(pk=asked.pk).update(started_at=now() - timedelta(days=32))
    still_going.ask_due()
    still_going.say_no(
        question=asked.still_going.get(),
        reason="no_time",
        words="123",
        share_words=True,
        looks_again=False,
        by=asked.volunteer.user,
    )
    Notification.objects.exclude(kind="still_going.words").delete()


def _waiting_offer(reader: User, role: Opportunity) -> None:
    entry = WaitingListEntryFactory(volunteer__user=reader, opportunity=role)
    waiting_messages.role_closed(entry)


def _suggested(reader: User, role: Opportunity) -> None:
    person = VolunteerFactory(user=reader, waiting_since=now())
    suggestions.refer(volunteer=person, opportunity=role, by=UserFactory(broker=True))


def _suggestion_taken_back(reader: User, role: Opportunity) -> None:
    _suggested(reader, role)
    Notification.objects.all().delete()
    referring.take_back(
        suggestion=Suggestion.objects.get(), because="slip", by=UserFactory(broker=True)
    )


def _sent_back(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    Opportunity.objects.filter(pk=role.pk).update(status="in_review", published_at=None)
    roles.send_back(opportunity=role, by=UserFactory(broker=True), words="123")


def _held_back(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    roles.hold_back(opportunity=role, by=UserFactory(broker=True), words="123")


def _limits(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    limits.ask_groups()


def _yearly_question(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    question = yearly_question.ask(by=UserFactory(delivery_group=True))
    yearly_question.tell_groups(question.pk, lease_on("yearly_question.opened", question.pk))


def _renamed(reader: User, role: Opportunity) -> None:
    User.objects.filter(pk=reader.pk).update(staff_role=User.StaffRole.BROKER)
    organisations.update(organisation=role.organisation, by=UserFactory(), name=f"{GROUP}1")


def _concern(reader: User, role: Opportunity) -> None:
    User.objects.filter(pk=reader.pk).update(staff_role=User.StaffRole.BROKER)
    concerns.report(about=Subject.role(role), kind="other", words="123", reporter=None)


def _suspended(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    organisations.suspend(organisation=role.organisation, by=UserFactory(broker=True))


def _taken_off(reader: User, role: Opportunity) -> None:
    owner = MembershipFactory(organisation=role.organisation)
    membership = MembershipFactory(
        organisation=role.organisation, user=reader, role=Membership.Role.MEMBER
    )
    people.remove(membership=membership, by=owner.user)


def _wants_to_join(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    people.ask_to_join(
        organisation=role.organisation, user=UserFactory(first_name="1", last_name="2")
    )


def _parent(reader: User, role: Opportunity) -> None:
    born = now().date().replace(year=now().year - 15, day=1)
    child = VolunteerFactory(user=reader, date_of_birth=born)
    asked = parents.ask(volunteer=child, name="1", email="parent@example.org", by=reader)
    parents.confirm(token=parents.token_of(asked), is_parent=True)


def _prospectus(reader: User, role: Opportunity) -> None:
    MembershipFactory(organisation=role.organisation, user=reader)
    ProspectusMailFactory(organisation=role.organisation, user=reader)
    counted = CountedPeopleFactory(wards=[])
    prospectus_mail.tell(ProspectusFactory(organisation=role.organisation, counted=counted))


def _answered(move: Move, state: str) -> Tell:
    return lambda reader, role: messages.moved(_application(reader, role, state=state), move)


def _told_group(move: Move, state: str) -> Tell:
    return lambda reader, role: messages.moved(_asked_of(reader, role, state=state), move)


TOLD: dict[str, Tell] = {
    "application.submitted": lambda reader, role: messages.submitted(_application(reader, role)),
    "application.offer": _answered(Move.OFFER, "offered"),
    "application.acknowledge": _answered(Move.ACKNOWLEDGE, "acknowledged"),
    "application.take_up": _told_group(Move.TAKE_UP, "accepted"),
    "application.received": lambda reader, role: messages.received(_asked_of(reader, role)),
    "application.from_waiting_list": lambda reader, role: messages.placed_from_waiting_list(
        _asked_of(reader, role, state="accepted", volunteer__user__last_name="")
    ),
    "message.received": _group_writes,
    "message.received from a person": _person_writes,
    "volunteer.can_start": _can_start,
    "attendance.date_taken_out": _date_taken_out,
    "attendance.reminder": _session_tomorrow,
    "hours.objected": _hours_questioned,
    "hours.recorded": lambda reader, role: volunteering_messages.hours_recorded(
        HoursEntryFactory(application=_application(reader, role, state="started"))
    ),
    "invitation": _invited,
    "search.alert": _new_role,
    "answers.due": _answers_due,
    "opportunity.catching_up": _catching_up,
    "still_going.words": _stopped_words,
    "waiting.role_closed": _waiting_offer,
    "suggestion": _suggested,
    "suggestion.recalled": _suggestion_taken_back,
    "opportunity.sent_back": _sent_back,
    "opportunity.held_back": _held_back,
    "limits.asked": _limits,
    "yearly_question.asked": _yearly_question,
    "organisation.renamed": _renamed,
    "concern.new": _concern,
    "organisation.suspended": _suspended,
    "membership.removed": _taken_off,
    "membership.asked": _wants_to_join,
    "parent.confirmed": _parent,
    "prospectus": _prospectus,
}
GUJARATI = re.compile("[\u0a80-\u0aff]")
#: What stays as it is: names, addresses, and the name of the service.
_NAMES = re.compile(r"https?://\S+|Zumba|NHS|Harrow Volunteering|Harrow|Demo\d+|AM|PM|STOP:")


def test_every_topic_is_told_here() -> None:
    assert {KINDS[told.split()[0]].code for told in TOLD} == set(TOPICS)


@pytest.mark.parametrize("language", ["gu", "en-gb"])
@pytest.mark.parametrize("told", TOLD)
def test_words_are_the_readers_and_the_subject_fits(told: str, language: str) -> None:
    kind = told.partition(" ")[0]
    reader = UserFactory(preferred_language=language)
    role = OpportunityFactory(title=TITLE.strip(), organisation__name=GROUP.strip())
    with translation.override("en-gb" if language == "gu" else "gu"):
        TOLD[told](reader, role)
        message = Notification.objects.filter(recipient=reader, kind=kind).get()
        mail = message_mail(message, "reader@example.org")
    for words in (message.subject, message.body, str(mail.body)):
        left = _NAMES.sub("", words)
        if language == "gu":
            assert GUJARATI.search(left)
            assert not re.search("[A-Za-z]{2,}", left), words
        else:
            assert not GUJARATI.search(left), words
    assert len(message.subject) <= LONGEST
    assert len(mail.subject) <= LONGEST
    assert fits(text_of(message))


@pytest.mark.parametrize("language", [code for code, __ in settings.LANGUAGES])
@pytest.mark.parametrize(
    "told",
    ["application.offer", "message.received", "waiting.role_closed", "attendance.reminder"],
)
def test_a_text_is_one_message_in_each_language(told: str, language: str, settings) -> None:
    settings.SITE_URL = "https://volunteering.harrow.gov.uk"
    reader = UserFactory(preferred_language=language)
    role = OpportunityFactory(title=TITLE.strip(), organisation__name=GROUP.strip())
    TOLD[told](reader, role)
    message = Notification.objects.filter(recipient=reader, kind=told).get()
    text = text_of(message)
    assert fits(text)
    assert text.endswith(text_address(message))
    assert text[:3] == message.subject[:3] or language in ("pl", "ro"), "the words begin it"
