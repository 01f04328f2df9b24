"""Pages of the delivery group, by what they are about."""

from django.urls import URLPattern

from web.urls.insights import (
    campaigns,
    capacity,
    reports,
    role_plan,
    simulation,
    statistics,
    targets,
    unmet_supply,
)

urlpatterns: list[URLPattern] = [
    *statistics.urlpatterns,
    *targets.urlpatterns,
    *unmet_supply.urlpatterns,
    *role_plan.urlpatterns,
    *simulation.urlpatterns,
    *capacity.urlpatterns,
    *campaigns.urlpatterns,
    *reports.urlpatterns,
]
