"""What somebody can do next who did not get a place: roles like it, and what is useful meanwhile.

Only roles that they can ask for now: every gate at the door is open.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from core.clock import today
from core.places.distance import KM_PER_MILE, kilometres
from matching import datasets, hiding
from matching.selectors import recommended_roles
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application, Block
from volunteers.models import Volunteer

#: More than this are not suggested.
MOST_ALIKE = 3
#: Among so many roles a useful one is looked for, those with most places left first.
LOOKED_AT = 60


@dataclass(frozen=True)
class Meanwhile:
    """A role that is worth while until the right one comes, and why: `kind` in words."""

    kind: str
    role: Opportunity


@dataclass(frozen=True)
class NextSteps:
    """Roles of the person's own list, those most like the one they asked for first, one role of
    each useful kind, and the code of an activity whose waiting list they can join ('': of none)."""

    alike: list[Opportunity]
    meanwhile: list[Meanwhile]
    activity: str


def next_steps(volunteer: Volunteer, role: Opportunity) -> NextSteps:
    """Give what the person can do after this role. Loads groups; a number of queries that does not
    grow with the number of roles.
    """
    alike = _alike(volunteer, role)
    activity = role.activities.values_list("code", flat=True).first() or ""
    return NextSteps(alike, _meanwhile(volunteer, {role.pk, *(one.pk for one in alike)}), activity)


def meanwhile(volunteer: Volunteer) -> list[Meanwhile]:
    """Give one role of each useful kind that the person can ask for now. Loads groups."""
    return _meanwhile(volunteer, set())


def in_words(steps: NextSteps) -> str:
    """Give the steps as text for a message, a line each; what to do where there is none."""
    paragraphs = []
    if steps.alike:
        lines = [_line(role) for role in steps.alike]
        paragraphs.append("\n".join([_("Other roles that suit you:"), *lines]))
    if steps.meanwhile:
        lines = [
            _("%(kind)s: %(role)s") % {"kind": one.kind, "role": _line(one.role)}
            for one in steps.meanwhile
        ]
        paragraphs.append("\n".join([_("Useful while you wait:"), *lines]))
    if not paragraphs:
        paragraphs.append(
            _(
                "What to do next: your list shows new roles as soon as they open. "
                "If you change your times or how far you can go, more may suit you."
            )
        )
    paragraphs.append(
        _("Wait for a place in this kind of role, and we keep one for you when it is your turn:")
        + f"\n{settings.SITE_URL}{_waiting_address(steps.activity)}"
    )
    return "\n\n".join(paragraphs)


def _waiting_address(activity: str) -> str:
    chosen = f"?{urlencode({'activity': activity})}" if activity else ""
    return f"/me/waiting/join/{chosen}"


def _alike(volunteer: Volunteer, role: Opportunity) -> list[Opportunity]:
    listed = [item.opportunity for item in recommended_roles(volunteer).items]
    kinds = _kinds_of([role.pk])
    of_others = _kinds_of([one.pk for one in listed])
    shared = {
        one.pk: len(kinds.get(role.pk, set()) & of_others.get(one.pk, set())) for one in listed
    }
    # The order of the list stands among those that are as much alike.
    best = sorted(listed, key=lambda one: -shared[one.pk])
    return list(_that_can_be_asked_for(volunteer, best, MOST_ALIKE))


def _kinds_of(role_ids: list[int]) -> dict[int, set[str]]:
    """The causes and activities of roles, by their ids. Two queries."""
    kinds: dict[int, set[str]] = {}
    for relation in ("causes", "activities"):
        rows = Opportunity.objects.filter(pk__in=role_ids, **{f"{relation}__isnull": False})
        for pk, code in rows.order_by().values_list("pk", f"{relation}__code"):
            kinds.setdefault(pk, set()).add(f"{relation}:{code}")
    return kinds


def _meanwhile(volunteer: Volunteer, but: set[int]) -> list[Meanwhile]:
    blocked = Block.objects.filter(volunteer=volunteer).values("organisation")
    roles = (
        datasets.open_roles()
        .filter(hiding.not_hidden_from(volunteer))
        .exclude(pk__in=but)
        .exclude(applications__volunteer=volunteer)
        .exclude(organisation__in=blocked)
        .select_related("organisation")
        .order_by((F("places") - F("places_taken") - F("applications_pending")).desc(), "pk")
    )
    candidates = [one for one in roles[:LOOKED_AT] if _is_near(volunteer, one)]
    found: list[Meanwhile] = []
    for kind, is_of_kind in _USEFUL:
        taken = {one.role.pk for one in found}
        fitting = (one for one in candidates if is_of_kind(one) and one.pk not in taken)
        found += [Meanwhile(kind(), one) for one in _that_can_be_asked_for(volunteer, fitting, 1)]
    return found


def _that_can_be_asked_for(
    volunteer: Volunteer, roles: Iterable[Opportunity], most: int
) -> Iterator[Opportunity]:
    """The first of these, which the person neither asked for nor is blocked from, whose gates are
    open."""
    given = 0
    for role in roles:
        if given == most:
            return
        door = policies.Door(volunteer, role, has_applied=False, is_blocked=False, day=today())
        if policies.can_apply(door):
            given += 1
            yield role


def _is_near(volunteer: Volunteer, role: Opportunity) -> bool:
    if role.from_home:
        return True
    north, east = volunteer.latitude, volunteer.longitude
    if volunteer.travel_miles is None or north is None or east is None:
        return True
    if role.latitude is None or role.longitude is None:
        return True
    far = kilometres(north, east, role.latitude, role.longitude)
    return far <= volunteer.travel_miles * KM_PER_MILE


def _line(role: Opportunity) -> str:
    return _("“%(role)s”, %(group)s: %(address)s") % {
        "role": role.title,
        "group": role.organisation.name,
        "address": f"{settings.SITE_URL}/roles/{role.pk}/",
    }


#: What is useful while somebody waits, in the order in which it is shown.
_USEFUL: tuple[tuple[Callable[[], str], Callable[[Opportunity], bool]], ...] = (
    (lambda: _("With training"), lambda role: bool(role.training)),
    (
        lambda: _("Just once"),
        lambda role: role.commitment == Opportunity.Commitment.ONE_OFF,
    ),
    (lambda: _("From home"), lambda role: role.from_home),
)


def shows_next_steps(application: Application) -> bool:
    """Whether an application ended without the place that the person asked for."""
    return application.state in (Application.State.DECLINED, Application.State.LAPSED)
