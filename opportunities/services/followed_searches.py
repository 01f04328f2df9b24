"""Searches that people follow by mail without an account: asked twice, told, forgotten.

An address that somebody enters gets one mail that asks whether its owner wants this. Nothing else
is sent to it before they say yes; unanswered, it is deleted. Each mail has a link that deletes all
that is kept about the address. Whether the address has an account changes nothing that others see.
"""

from datetime import timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.languages import language_of_address
from accounts.models import User
from accounts.models.user import UserManager
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import NotFound
from core.outbox import facts
from notifications.quiet import usual_hours
from notifications.services.forgetting import forget_address
from notifications.services.to_address import Stop, mail_to_address
from notifications.subjects import subject_line
from notifications.topics import NEW_ROLES
from opportunities.models import SavedSearch, SavedSearchRole
from opportunities.search.criteria import SearchCriteria
from opportunities.search.standing import asked_of
from opportunities.services import saved_searches

#: So long the owner of an address has to say yes; after that it is deleted.
CONFIRM_WITHIN = timedelta(days=7)
#: More searches than these nobody follows by one address.
MOST_EACH = 5
_SIGNER = Signer(salt="opportunities.followed_search")
Alerts = SavedSearch.Alerts


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


@transaction.atomic
def follow(*, email: str, name: str, criteria: SearchCriteria, address: str, alerts: str) -> None:
    """Have the owner of an address asked whether they want to hear of new roles in a search.

    Asked again before they answered, they are asked again; what they follow already, and more than
    `MOST_EACH`, changes nothing: whoever asks learns nothing of it. Raises InvalidInput field by
    field.
    """
    email = UserManager.normalised(email) or ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise received.refuse(
            "email", _("Enter an email address in the right form, like name@example.com.")
        ) from error
    theirs = SavedSearch.objects.followed_by(email)
    known = theirs.filter(address=address).first()
    may_ask = theirs.count() < MOST_EACH if known is None else known.confirmed_at is None
    if not may_ask:
        return
    search = known or SavedSearch(email=email, address=address, language=get_language() or "")
    search.name, search.alerts, search.asked = name.strip(), alerts, asked_of(criteria)
    received.check(search, exclude={"user", "asked"})
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:  # asked twice in this moment: the other one is mailed
        return
    facts.state("search.followed", search.pk)


def ask_to_confirm(search_id: int, lease: Lease) -> bool:
    """Mail the question; give whether this call did. Where it was answered, it does nothing."""
    search = SavedSearch.objects.filter(pk=search_id, user=None, confirmed_at=None).first()
    if search is None:
        return False
    with transaction.atomic():
        lease.check()
    with language_of_address(search.email, otherwise=search.language):
        mail_to_address(
            address=search.email,
            message_id=f"followed-search-{search.pk}-{search.updated_at:%Y%m%d%H%M%S}",
            subject=_("Shall we tell you about new roles?"),
            body=_(
                "Somebody, perhaps you, asked us to write to this address about new roles in the "
                "search “%(search)s”.\n\n"
                "Was it you? Then open the link and press the button. If not, do nothing: we "
                "delete your address after %(days)s days."
            )
            % {"search": search.name, "days": CONFIRM_WITHIN.days},
            link=f"/follow/{token_for(search)}/",
        )
    return True


@transaction.atomic
def confirm(*, search: SavedSearch) -> None:
    """Say yes, as the owner of the address. Again it changes nothing. With an account of that
    address it is one of its saved searches from then on.
    """
    done = SavedSearch.objects.filter(pk=search.pk, confirmed_at=None).update(
        confirmed_at=now(), since=now(), updated_at=now()
    )
    if not done:
        return
    search.refresh_from_db()
    audit.record(by=None, action="search.followed", subject=search, alerts=search.alerts)
    # Only who has shown that the address is theirs gets what is kept about it.
    owner = User.objects.filter(
        is_active=True, emailaddress__email=search.email, emailaddress__verified=True
    ).first()
    if owner is not None:
        adopt(user=owner, email=search.email)


@transaction.atomic
def adopt(*, user: User, email: str) -> int:
    """Give a person the searches that they followed by an address which is shown to be theirs;
    give how many.
    """
    theirs = SavedSearch.objects.followed_by(UserManager.normalised(email) or "")
    return theirs.filter(confirmed_at__isnull=False).update(
        user=user, email="", language="", updated_at=now()
    )


def tell(search_id: int, lease: Lease) -> int:
    """Mail an address the roles that were found and not told yet, in one mail; give how many.

    In the usual quiet hours it waits until they are over. A worker that dies in between sends the
    mail again under the same Message-ID.
    """
    search = SavedSearch.objects.with_alerts().filter(pk=search_id, user=None).first()
    news = saved_searches.news_of(search) if search else []
    if search is None or not news:
        return 0
    if morning := usual_hours().end_after(now()):
        with transaction.atomic():
            lease.check()
            facts.state("search.alert", search.pk, not_before=morning)
        return 0
    with transaction.atomic():
        lease.check()
    with language_of_address(search.email, otherwise=search.language):
        subject, body = saved_searches.in_words(search, [row.opportunity for row in news])
        mail_to_address(
            address=search.email,
            message_id=f"followed-search-{search.pk}-{news[-1].pk}",
            subject=subject_line(subject),
            body=body,
            link=saved_searches.link_to(search),
            stop=Stop(
                reason=f"{NEW_ROLES.reason} "
                + _("We keep your address and what you look for, and nothing else about you."),
                words=_("Stop these emails and delete what you keep about me"),
                path=f"/follow/{token_for(search)}/stop/",
            ),
        )
    with transaction.atomic():
        lease.check()
        told = {"told_at": now()}
        SavedSearchRole.objects.filter(pk__in=[row.pk for row in news]).update(**told)
        SavedSearch.objects.filter(pk=search.pk).update(**told)
    return len(news)


@transaction.atomic
def delete_all(*, search: SavedSearch) -> None:
    """Delete all that is kept about the address of a followed search."""
    email = search.email
    for one in SavedSearch.objects.followed_by(email):
        audit.record(by=None, action="search.deleted", subject=one)
        one.delete()
    _forget_mails(email)


@transaction.atomic
def forget() -> int:
    """Delete addresses whose owner did not say yes in time, or wants to hear nothing any more; give
    how many. Safe to run at any time.
    """
    old = now() - CONFIRM_WITHIN
    done = SavedSearch.objects.filter(
        Q(confirmed_at=None, created_at__lt=old) | Q(alerts=Alerts.NEVER, updated_at__lt=old),
        user=None,
    )
    number = 0
    for search in done:
        email = search.email
        search.delete()
        number += 1
        if not SavedSearch.objects.followed_by(email).exists():
            _forget_mails(email)
    return number


def _forget_mails(email: str) -> None:
    """Those to an address with an account go with the account."""
    if not User.objects.filter(email=email).exists():
        forget_address(email)


def token_for(search: SavedSearch) -> str:
    """Give the last part of the addresses by which the owner of an address confirms or deletes."""
    return _SIGNER.sign(str(search.pk))


def search_of(token: str) -> SavedSearch:
    """Give the search of such a link. Raises NotFound where the link is not ours, it is gone, or
    it is an account's by now.
    """
    try:
        pk = int(_SIGNER.unsign(token))
    except BadSignature as error:
        raise NotFound("not a link of ours") from error
    search = SavedSearch.objects.filter(pk=pk, user=None).first()
    if search is None:
        raise NotFound("there is no such search")
    return search
