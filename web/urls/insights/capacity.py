"""What keeps places from being as many as people want: roles that too many ask for, what holds
groups back.
"""

from django.urls import URLPattern, path

from web.views.insights import capacity, over_asked

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
]
