"""Keep the links that are useful to people who wait, and count how often they are followed."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import today
from core.errors import NotFound
from placements.models import CourseDone, UsefulLink, UsefulLinkMonth
from volunteers.models import Volunteer


@transaction.atomic
def add(*, by: User | None, kind: str, title: str, address: str, about: str = "") -> UsefulLink:
    """Show a link to people who wait. Raises InvalidInput field by field."""
    link = UsefulLink(kind=kind, title=title.strip(), about=about.strip(), address=address.strip())
    received.check(link)
    link.save()
    audit.record(by=by, action="useful_link.added", subject=link, kind=kind)
    return link


@transaction.atomic
def change(
    *,
    link: UsefulLink,
    by: User | None,
    kind: str,
    title: str,
    address: str,
    about: str = "",
    is_shown: bool = True,
) -> UsefulLink:
    """Change a link, or stop showing it. Raises InvalidInput field by field."""
    row = UsefulLink.objects.select_for_update().get(pk=link.pk)
    row.kind, row.title, row.about = kind, title.strip(), about.strip()
    row.address, row.is_shown = address.strip(), is_shown
    received.check(row)
    row.save()
    audit.record(by=by, action="useful_link.changed", subject=row, is_shown=is_shown)
    return row


def follow(link: UsefulLink) -> str:
    """Give where the link leads, and count that somebody followed it: how many in a month, not who
    and not on which day.
    """
    month = today().replace(day=1)
    counted = UsefulLinkMonth.objects.filter(link=link, month=month)
    if not counted.update(followed=F("followed") + 1):
        try:
            with transaction.atomic():
                UsefulLinkMonth.objects.create(link=link, month=month, followed=1)
        except IntegrityError:  # somebody else was the first in this moment
            counted.update(followed=F("followed") + 1)
    return link.address


@transaction.atomic
def say_done(*, link: UsefulLink, volunteer: Volunteer, by: User) -> None:
    """Note that a person did a course; said again, it stays the first time. Raises NotFound for a
    page that is no course.
    """
    if link.kind != UsefulLink.Kind.TRAINING:
        raise NotFound(_("There is no such course."))
    __, made = CourseDone.objects.get_or_create(volunteer=volunteer, link=link)
    if made:
        audit.record(by=by, action="course.done", subject=volunteer)


@transaction.atomic
def take_back_done(*, link: UsefulLink, volunteer: Volunteer, by: User) -> None:
    """Forget that they said so. Again it changes nothing."""
    removed, __ = CourseDone.objects.filter(volunteer=volunteer, link=link).delete()
    if removed:
        audit.record(by=by, action="course.taken_back", subject=volunteer)
