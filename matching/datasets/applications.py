"""Who applied for what."""

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from placements.models import Application


def applied(people: VolunteerColumns, roles: RoleColumns) -> Applied:
    """Who of these people applied for which of these roles before. One query."""
    if not (len(people) and len(roles)):
        return Applied.none(len(people), len(roles))
    pairs = list(
        Application.objects.filter(
            volunteer__id__range=(int(people.ids.min()), int(people.ids.max())),
            opportunity__id__range=(int(roles.ids.min()), int(roles.ids.max())),
        )
        .order_by()
        .values_list("volunteer_id", "opportunity_id")
    )
    return Applied.of(people, roles, [pair[0] for pair in pairs], [pair[1] for pair in pairs])
