"""Ask a parent or guardian of somebody under 16 for their word, by mail, and take their answer.

The link in the mail is signed and says which request it is of and which of its mails; a parent
needs no account. Unanswered it works for 14 days; after a yes until the person is 16, so that a
parent can take it back at any time.
"""

from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.languages import in_language_of, language_of_address
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.errors import Conflict, NotFound
from core.outbox import facts
from notifications.services.handing_over import hand_over
from notifications.services.messages import notify
from notifications.subjects import subject_line
from volunteers import policies
from volunteers.models import ParentRequest, Volunteer

#: So long a parent has to answer.
ANSWER_WITHIN = timedelta(days=14)
#: Between two mails to a parent, and how many mails one person can have sent in all.
BETWEEN_MAILS, MOST_MAILS = timedelta(minutes=10), 5
_LINKS = Signer(salt="volunteers.parents")
State = ParentRequest.State


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


@transaction.atomic
def ask(*, volunteer: Volunteer, name: str, email: str, by: User | None) -> ParentRequest:
    """Have a parent or guardian asked by mail; asked again, the last address counts.

    Raises Conflict where nobody need be asked, or where that was done too often; InvalidInput for
    a name or an address that cannot be right.
    """
    if not policies.needs_parent(volunteer, today()):
        raise Conflict(_("You do not need a parent’s or guardian’s word."), code="not_needed")
    name, email = _checked(volunteer, name, email)
    Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    request = ParentRequest.objects.filter(volunteer=volunteer).first()
    if request is None:
        request = ParentRequest(volunteer=volunteer)
    elif request.number >= MOST_MAILS:
        raise Conflict(
            _("We have sent %(count)s emails already. Ask the volunteer centre for help.")
            % {"count": MOST_MAILS},
            code="too_often",
        )
    elif now() - request.asked_at < BETWEEN_MAILS:
        raise Conflict(
            _("We have just sent an email. Wait %(minutes)s minutes before you send another.")
            % {"minutes": BETWEEN_MAILS // timedelta(minutes=1)},
            code="too_soon",
        )
    request.name, request.email = name, email
    request.state, request.asked_at, request.answered_at = State.ASKED, now(), None
    request.number += 1
    request.save()
    audit.record(by=by, action="parent.asked", subject=volunteer, number=request.number)
    facts.state("parent.asked", request.pk)
    return request


def _checked(volunteer: Volunteer, name: str, email: str) -> tuple[str, str]:
    name, email = " ".join(name.split()), (email.strip().lower())
    if not name or len(name) > 120:
        raise received.refuse("name", _("Enter your parent’s or guardian’s name."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise received.refuse(
            "email", _("Enter an email address in the right form, like name@example.com.")
        ) from error
    if email == (volunteer.user.email or "").lower():
        raise received.refuse("email", _("Enter your parent’s or guardian’s address, not yours."))
    return name, email


def mail(request_id: int, lease: Lease) -> bool:
    """Mail the parent the last link; give whether this call did. Again, it does nothing."""
    request = (
        ParentRequest.objects.select_related("volunteer__user")
        .filter(pk=request_id, state=State.ASKED)
        .first()
    )
    if request is None or not request.email or request.mailed_number >= request.number:
        return False
    with transaction.atomic():
        lease.check()
    hand_over(_message(request))
    with transaction.atomic():
        lease.check()
        of = ParentRequest.objects.filter(pk=request.pk, mailed_number__lt=request.number)
        of.update(mailed_number=request.number)
    return True


def _message(request: ParentRequest) -> EmailMultiAlternatives:
    person = request.volunteer.user
    with language_of_address(request.email, otherwise=person.preferred_language):
        names = {"name": person.first_name, "site": settings.SITE_NAME}
        subject = subject_line(_("%(name)s would like to volunteer, and needs your word"), names)
        context: dict[str, Any] = {
            "subject": subject,
            "parent": request.name,
            "child": person.first_name,
            "days": ANSWER_WITHIN.days,
            "link": f"{settings.SITE_URL}/parents/{token_of(request)}/",
            "site_name": settings.SITE_NAME,
        }
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        message = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("volunteers/mail/parent.txt", context),
            to=[request.email],
            headers={
                "Message-ID": f"<parent-{request.pk}-{request.number}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(
            render_to_string("volunteers/mail/parent.html", context), "text/html"
        )
    return message


def token_of(request: ParentRequest) -> str:
    """What the link of a request's last mail says."""
    return _LINKS.sign(f"{request.pk}-{request.number}")


def request_of(token: str) -> ParentRequest:
    """Give the request that a link is of, with its person. Raises NotFound where it does not work:
    made up, too old, of an earlier mail, or no longer needed.
    """
    try:
        pk, number = map(int, _LINKS.unsign(token).split("-"))
    except (BadSignature, ValueError) as error:
        raise _does_not_work() from error
    request = (
        ParentRequest.objects.select_related("volunteer__user").filter(pk=pk, number=number).first()
    )
    if request is None or not request.volunteer.user.is_active:
        raise _does_not_work()
    too_late = request.state == State.ASKED and now() - request.asked_at > ANSWER_WITHIN
    if too_late or not policies.is_under_16(request.volunteer, today()):
        raise _does_not_work()
    return request


@transaction.atomic
def confirm(*, token: str, is_parent: bool) -> ParentRequest:
    """The parent says yes. Raises NotFound as `request_of`, InvalidInput where they do not say that
    they are the parent or guardian.
    """
    request = request_of(token)
    if not is_parent:
        raise received.refuse(
            "is_parent", _("Tick the box if you are the parent or guardian."), code="required"
        )
    return _answer(request, State.CONFIRMED)


@transaction.atomic
def refuse(*, token: str) -> ParentRequest:
    """The parent says no, or takes back a yes. Raises NotFound as `request_of`.

    What the person asked for meanwhile is for `placements.services.guardians` to withdraw.
    """
    request = request_of(token)
    was_confirmed = request.state == State.CONFIRMED
    return _answer(request, State.TAKEN_BACK if was_confirmed else State.REFUSED)


def _answer(request: ParentRequest, state: ParentRequest.State) -> ParentRequest:
    person = Volunteer.objects.select_for_update().get(pk=request.volunteer_id)
    if request.state == state:
        return request
    request.state, request.answered_at = state, now()
    if state != State.CONFIRMED:
        # Nobody needs to reach them any more.
        request.name = request.email = ""
    request.save()
    person.parent_confirmed_at = now() if state == State.CONFIRMED else None
    person.save(update_fields=["parent_confirmed_at", "updated_at"])
    audit.record(by=None, action=f"parent.{state.value}", subject=person)
    facts.state("profile.changed", person.pk)
    _tell(request)
    return request


@in_language_of(lambda request: request.volunteer.user)
def _tell(request: ParentRequest) -> None:
    """Tell the young person what was answered."""
    texts = {
        State.CONFIRMED: (
            _("You can ask for roles now"),
            _(
                "Your parent or guardian has confirmed. You can ask for any role for your age.\n\n"
                "What to do next: look at the roles that suit you."
            ),
            "/me/",
        ),
        State.REFUSED: (
            _("Your parent or guardian did not agree"),
            _(
                "Your parent or guardian did not agree that you volunteer. You can still look at "
                "all roles.\n\nWhat to do next: talk with them. If they change their mind, you "
                "can send them a new email from your profile."
            ),
            "/me/parent/",
        ),
        State.TAKEN_BACK: (
            _("Your parent or guardian has taken back their word"),
            _(
                "So we have withdrawn what you had asked for, and told the groups that you cannot "
                "come. We did not tell them why.\n\nWhat to do next: talk with your parent or "
                "guardian. The volunteer centre can help."
            ),
            "/me/parent/",
        ),
    }
    subject, body, link = texts[State(request.state)]
    notify(
        recipient=request.volunteer.user,
        kind=f"parent.{request.state}",
        key=f"parent:{request.pk}:{request.number}:{request.state}:{request.updated_at.isoformat()}",
        subject=subject,
        body=body,
        link=link,
    )


@transaction.atomic
def forget() -> int:
    """Delete names and addresses that nobody needs any more: unanswered for 14 days, or of people
    who are 16 by now. Give how many. Safe to run at any time.
    """
    unanswered = ParentRequest.objects.filter(
        state=State.ASKED, asked_at__lt=now() - ANSWER_WITHIN
    ).exclude(email="")
    born_by = policies.latest_birth_of(policies.AGE_OF_CONSENT, today())
    grown = ParentRequest.objects.filter(volunteer__date_of_birth__lte=born_by)
    return unanswered.update(name="", email="") + grown.delete()[0]


def _does_not_work() -> NotFound:
    return NotFound(_("This link does not work any more."))
