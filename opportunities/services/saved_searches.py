"""Keep searches for people, and tell them of new roles that fit: each role once."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.languages import language_of
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.errors import Conflict, NotFound
from core.outbox import facts
from notifications.models import Notification
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity, SavedSearch, SavedSearchRole
from opportunities.search.criteria import SearchCriteria
from opportunities.search.standing import asked_of, facts_of

Alerts = SavedSearch.Alerts

#: More searches than these nobody keeps.
MOST_EACH = 30
#: More roles than these are not listed in one message; the rest is behind its link.
MOST_LISTED = 10
_BATCH = 2000
_WEEK = timedelta(days=7)
#: A week's alert may come this much early, so that it stays at the same time of day.
_SLACK = timedelta(hours=1)
_SIGNER = Signer(salt="opportunities.saved_search")


@transaction.atomic
def save(
    *, user: User, name: str, criteria: SearchCriteria, address: str, alerts: str, by: User
) -> SavedSearch:
    """Keep a search. `address` is what follows the `?` in the page's address.

    Raises InvalidInput field by field, Conflict for more than `MOST_EACH`.
    """
    if user.saved_searches.count() >= MOST_EACH:
        raise Conflict(
            _("You have %(most)s saved searches. Delete one first.") % {"most": MOST_EACH},
            code="too_many_searches",
        )
    search = SavedSearch(user=user, address=address, asked=asked_of(criteria))
    _write(search, name, alerts)
    audit.record(by=by, action="search.saved", subject=search, alerts=search.alerts)
    return search


@transaction.atomic
def change(*, search: SavedSearch, name: str, alerts: str, by: User | None) -> None:
    """Call it otherwise, or tell its person more or less often. Raises as `save`."""
    was = search.alerts
    _write(search, name, alerts)
    if was == Alerts.NEVER and search.alerts != Alerts.NEVER:
        # What came while nobody was to be told is no news any more.
        search.since = now()
        search.save(update_fields=["since"])
    audit.record(by=by, action="search.changed", subject=search, alerts=search.alerts)


@transaction.atomic
def delete(*, search: SavedSearch, by: User) -> None:
    """Forget a search, and which roles were found for it."""
    audit.record(by=by, action="search.deleted", subject=search)
    search.delete()


def follow_role(role_id: int) -> int:
    """Find the searches that a role is news for; give how many. Again, it finds those once more.

    Reads all searches in batches and compares them here: one question for each would be thousands.
    """
    role = facts_of(role_id)
    if role is None:
        return 0
    published = role.role.published_at
    waiting = SavedSearch.objects.with_alerts().filter(since__lt=published)
    at_once: list[int] = []
    fitting: list[int] = []
    rows = waiting.order_by("pk").values_list("pk", "alerts", "asked")
    for pk, alerts, asked in rows.iterator(chunk_size=_BATCH):
        if role.fits(asked):
            fitting.append(pk)
            if alerts == Alerts.NOW:
                at_once.append(pk)
    with transaction.atomic():
        SavedSearchRole.objects.bulk_create(
            [SavedSearchRole(search_id=pk, opportunity_id=role_id) for pk in fitting],
            batch_size=_BATCH,
            ignore_conflicts=True,
        )
        if at_once:
            facts.state_many("search.alert", at_once)
    return len(fitting)


def state_due() -> int:
    """Ask for the alerts that are due now: daily ones, and weekly ones a week after the last. Safe
    to run at any time; give how many.
    """
    last = now() - _WEEK + _SLACK
    weekly = Q(alerts=Alerts.WEEKLY) & Q(before__lte=last)
    due = (
        SavedSearch.objects.with_alerts()
        .annotate(before=Coalesce("told_at", F("since")))
        .filter(Q(alerts__in=[Alerts.NOW, Alerts.DAILY]) | weekly, found__told_at=None)
        .filter(found__isnull=False)
        .distinct()
        .values_list("pk", flat=True)
    )
    with transaction.atomic():
        pks = list(due)
        if pks:
            facts.state_many("search.alert", pks)
    return len(pks)


@transaction.atomic
def tell(search_id: int, *, wanted: Q | None = None) -> int:
    """Tell a search's person of the roles that were found and not told yet, in one message; give
    how many roles. Called again it tells nothing. Of roles that are not `wanted` (a condition on
    roles) nobody is told, now or later.
    """
    search = (
        SavedSearch.objects.with_alerts()
        .select_for_update(of=("self",))
        .filter(pk=search_id)
        .select_related("user")
        .first()
    )
    if search is None or search.user is None:
        return 0
    found = SavedSearchRole.objects.filter(search=search, told_at=None)
    if wanted is not None:
        not_wanted = Opportunity.objects.exclude(wanted)
        found.filter(opportunity__in=not_wanted).update(told_at=now())
    news = news_of(search)
    if not news:
        return 0
    at = now()
    SavedSearchRole.objects.filter(pk__in=[row.pk for row in news]).update(told_at=at)
    SavedSearch.objects.filter(pk=search.pk).update(told_at=at)
    with language_of(search.user):
        subject, body = in_words(search, [row.opportunity for row in news])
        notify(
            recipient=search.user,
            kind="search.alert",
            key=f"search.alert:{search.pk}:{news[-1].pk}",
            subject=subject,
            body=body,
            link=link_to(search),
        )
    return len(news)


def news_of(search: SavedSearch) -> list[SavedSearchRole]:
    """Give the roles that were found and not told yet, and are still to be had, with groups."""
    untold = SavedSearchRole.objects.filter(
        search=search,
        told_at=None,
        opportunity__in=Opportunity.objects.open().exclude(closes_on__lt=today()),
    )
    return list(untold.select_related("opportunity__organisation").order_by("pk"))


def token_for(search: SavedSearch) -> str:
    """Give the last part of the address by which a search's alerts are changed without signing in.

    It can change how often one search's mails come, and nothing else; it does not run out.
    """
    return _SIGNER.sign(str(search.pk))


def search_of(token: str) -> SavedSearch:
    """Give the search of such a link. Raises NotFound where the link is not ours, or it is gone."""
    try:
        pk = int(_SIGNER.unsign(token))
    except BadSignature as error:
        raise NotFound("not a link of ours") from error
    search = SavedSearch.objects.select_related("user").filter(pk=pk).first()
    if search is None:
        raise NotFound("there is no such search")
    return search


def link_to(search: SavedSearch) -> str:
    """Give where an alert leads: to the search, or to the list of searches where its address is
    longer than a message keeps.
    """
    address = f"/roles/?{search.address}" if search.address else "/roles/"
    if search.user_id is None:
        return address
    longest = Notification._meta.get_field("link").max_length or 0
    return address if len(address) <= longest else "/me/searches/"


def _write(search: SavedSearch, name: str, alerts: str) -> None:
    search.name = name.strip()
    search.alerts = alerts
    received.check(search, exclude={"user", "asked"})
    search.save()


def in_words(search: SavedSearch, roles: Sequence[Opportunity]) -> tuple[str, str]:
    """Give subject and text of the message about new roles, in the language that is on."""
    lines = [
        _("%(role)s, %(group)s: %(address)s")
        % {
            "role": role.title,
            "group": role.organisation.name,
            "address": f"{settings.SITE_URL}/roles/{role.pk}/",
        }
        for role in roles[:MOST_LISTED]
    ]
    words = {"count": len(roles), "search": search.name}
    body = [
        ngettext(
            "%(count)s new role fits your search “%(search)s”:",
            "%(count)s new roles fit your search “%(search)s”:",
            len(roles),
        )
        % words,
        *lines,
        _("Change how often we tell you, or stop it, without signing in: %(address)s")
        % {"address": f"{settings.SITE_URL}/searches/{token_for(search)}/"},
    ]
    subject = ngettext(
        "%(count)s new role: %(search)s", "%(count)s new roles: %(search)s", len(roles)
    )
    return subject_line(subject, words), "\n\n".join(body)
