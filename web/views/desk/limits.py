"""For the volunteer centre: what keeps groups from taking more people."""

from typing import Any

from django.db.models import Count, QuerySet, Sum

from opportunities.models import CapacityLimit
from web.views.desk.lists import DeskList


class DeskLimits(DeskList):
    """Reasons added up over groups, most groups first, and what each said."""

    template_name = "web/desk/limits.html"
    context_object_name = "limits"

    def get_queryset(self) -> QuerySet[CapacityLimit]:
        return CapacityLimit.objects.standing().select_related("organisation", "opportunity")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = (
            CapacityLimit.objects.standing()
            .order_by()
            .values("reason")
            .annotate(groups=Count("organisation", distinct=True), pounds=Sum("cost_pounds"))
            .order_by("-groups", "reason")
        )
        reasons = [row | {"label": CapacityLimit.Reason(row["reason"]).label} for row in rows]
        return super().get_context_data(reasons=reasons, **kwargs)
