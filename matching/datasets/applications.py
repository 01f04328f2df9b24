"""Who applied for what."""

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from placements.models import Application, Block


def applied(people: VolunteerColumns, roles: RoleColumns, *, at_the_door: bool = False) -> Applied:
    """Who of these people applied for which of these roles, and who has blocked whom. Two queries.

    For lists, whoever did at any time: what somebody left is not recommended to them. `at_the_door`
    only whose application keeps them from asking again (`placements.policies`).
    """
    if not (len(people) and len(roles)):
        return Applied.none(len(people), len(roles))
    among = Application.objects.in_the_way() if at_the_door else Application.objects.all()
    pairs = list(
        among.filter(
            volunteer__id__range=(int(people.ids.min()), int(people.ids.max())),
            opportunity__id__range=(int(roles.ids.min()), int(roles.ids.max())),
        )
        .order_by()
        .values_list("volunteer_id", "opportunity_id")
        .distinct()
    )
    return Applied.of(
        people, roles, [pair[0] for pair in pairs], [pair[1] for pair in pairs], blocks()
    )


def blocks() -> list[tuple[int, int]]:
    """Each person and group of whom one has blocked the other. One query."""
    rows = Block.objects.order_by().values_list("volunteer_id", "organisation_id")
    return sorted(set(rows))
