"""Roles that too many ask for, what holds groups back, and what people do while they wait."""

from django.urls import URLPattern, path

from web.views.insights import capacity, over_asked, useful_wait

urlpatterns: list[URLPattern] = [
    path("insights/over-asked/", over_asked.OverAskedRoles.as_view(), name="over-asked"),
    path("insights/over-asked.csv", over_asked.OverAskedFile.as_view(), name="over-asked-csv"),
    path(
        "insights/what-holds-groups-back/",
        capacity.WhatHoldsBack.as_view(),
        name="what-holds-groups-back",
    ),
    path(
        "insights/what-holds-groups-back.csv",
        capacity.WhatHoldsBackFile.as_view(),
        name="what-holds-groups-back-csv",
    ),
    path("insights/useful-wait/", useful_wait.UsefulWaits.as_view(), name="useful-wait"),
    path("insights/useful-wait.csv", useful_wait.UsefulWaitsFile.as_view(), name="useful-wait-csv"),
]
