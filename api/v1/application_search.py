"""Parameters of the list of applications."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework.generics import get_object_or_404

from api.v1.application_output import OWN_SIDE, Reading, received
from api.v1.filters import one_of, whole_number
from opportunities.policies import check_can_see_people
from opportunities.selectors import visible_roles
from placements.models import Application


class ApplicationSearch(filters.FilterSet):
    """One's own applications; with `opportunity`, those for a role of one's group."""

    opportunity = whole_number("The applications for this role of your group.", least=1)
    state = one_of(Application.State.values, "Only those in this state.")

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def filter_queryset(self, own: QuerySet[Application]) -> list[Reading]:
        """Raises Http404 or NotFound for a role of a group that the reader does not act for."""
        given = self.form.cleaned_data
        read = (
            [Reading(application, OWN_SIDE) for application in own]
            if given["opportunity"] is None
            else self._received(given["opportunity"])
        )
        return [one for one in read if given["state"] in ("", one.application.state)]

    def _received(self, number: int) -> list[Reading]:
        user = self.request.user
        role = get_object_or_404(visible_roles(user).select_related("organisation"), pk=number)
        check_can_see_people(user, role.organisation)
        return received(role)
