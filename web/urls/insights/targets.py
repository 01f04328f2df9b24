"""Targets of the figures."""

from django.urls import path

from web.views.insights import targets

urlpatterns = [
    path("insights/targets/", targets.Targets.as_view(), name="targets"),
    path("insights/targets/set/", targets.TargetSet.as_view(), name="target-set"),
    path("insights/targets/<int:target>/end/", targets.TargetEnd.as_view(), name="target-end"),
]
