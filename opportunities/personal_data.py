"""What is a person's among groups and roles: that they act for a group, or were asked to."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from core.errors import Conflict
from core.personal_data import holds, impersonal, mentions, obstacle, on_erasure
from notifications.services import forgetting
from opportunities.models import JoinRequest, Membership, Organisation


def _asked(person: User) -> Q:
    return Q(email__iexact=person.email) if person.email else Q(pk__in=[])


holds("opportunities.Membership", path="user")
holds("opportunities.JoinRequest", path="user")
holds("opportunities.GroupInvitation", of=_asked)


def _searches(person: User, path: str = "") -> Q:
    """Give which searches are a person's: their own, and those that their address follows."""
    theirs = Q(**{f"{path}user": person.pk})
    followed = Q(**{f"{path}user": None, f"{path}email": person.email})
    return theirs | followed if person.email else theirs


holds("opportunities.SavedSearch", of=_searches)
holds("opportunities.SavedSearchRole", of=lambda person: _searches(person, "search__"))

_OF_THE_GROUP = "the group's own, public or for the volunteer centre; not a person's"
mentions(
    "opportunities.Organisation",
    verified_by="emptied",
    contact_email=_OF_THE_GROUP,
    phone=_OF_THE_GROUP,
)
mentions("opportunities.GroupInvitation", invited_by="emptied")

impersonal(
    "about a group or a role",
    "opportunities.Opportunity",
    "opportunities.RoleSkill",
    "opportunities.Session",
    "opportunities.DateTakenOut",
    "opportunities.CapacityLimit",
    "opportunities.MoreRoom",
    "opportunities.SearchTerm",
    "opportunities.SearchWord",
)


@on_erasure
def _take_back_what_names_them(person: User) -> None:
    """Others of their groups were told by name that they asked to act for it, began or left."""
    asked = JoinRequest.objects.filter(user=person.pk).values_list("pk", flat=True)
    began = Membership.objects.filter(user=person.pk).values_list("pk", flat=True)
    left = AuditEntry.objects.filter(actor=person.pk, action="membership.left")
    forgetting.forget(
        [f"membership.asked:{pk}:" for pk in asked]
        + [f"membership.began:{pk}:" for pk in began]
        + [f"membership.left:{pk}:" for pk in left.values_list("pk", flat=True)]
    )


@obstacle
def _last_owner(person: User) -> list[str]:
    """A group is not left without anybody who answers for it: people may be waiting."""
    others = Membership.objects.filter(
        organisation=OuterRef("pk"), role=Membership.Role.OWNER, user__is_active=True
    ).exclude(user=person.pk)
    alone = _owned_by(person).filter(~Exists(others), suspended_at=None)
    return [
        _(
            "You are the only owner of %(group)s. Make somebody else its owner first. If the group "
            "has ended, ask the volunteer centre to stop it."
        )
        % {"group": group.name}
        for group in alone.order_by("name")
    ]


@on_erasure
def _no_two_owners_at_once(person: User) -> None:
    """Two who are a group's last owners may both be going in this moment: the second stays."""
    list(_owned_by(person).select_for_update().order_by("pk"))
    if first := _last_owner(person):
        raise Conflict(first[0], code="not_yet")


def _owned_by(person: User) -> QuerySet[Organisation]:
    owned = Membership.objects.filter(user=person.pk, role=Membership.Role.OWNER)
    return Organisation.objects.filter(pk__in=owned.values("organisation"))
