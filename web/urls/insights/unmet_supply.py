"""Who waits for the same, what stops people, and what more places would do."""

from django.urls import URLPattern, path

from web.views.insights import more_places, unmet, unmet_segment

_UNMET = "insights/unmet-supply"
_SEGMENT = f"{_UNMET}/<int:segment>"

urlpatterns: list[URLPattern] = [
    path(f"{_UNMET}/", unmet.UnmetSupplyPage.as_view(), name="unmet-supply"),
    path(f"{_UNMET}.csv", unmet.UnmetSupplyFile.as_view(), name="unmet-supply-csv"),
    path(
        f"{_UNMET}/what-stops-people/",
        unmet.WhatStopsPeoplePage.as_view(),
        name="what-stops-people",
    ),
    path(
        f"{_UNMET}/what-stops-people.csv",
        unmet.WhatStopsPeopleFile.as_view(),
        name="what-stops-people-csv",
    ),
    path(f"{_UNMET}/more-places/", more_places.MorePlacesPage.as_view(), name="more-places"),
    path(f"{_UNMET}/more-places.csv", more_places.MorePlacesFile.as_view(), name="more-places-csv"),
    path(f"{_SEGMENT}/", unmet_segment.SegmentPage.as_view(), name="unmet-segment"),
    path(f"{_SEGMENT}.csv", unmet_segment.SegmentFile.as_view(), name="unmet-segment-csv"),
    path(f"{_SEGMENT}/people/", unmet_segment.SegmentPeople.as_view(), name="unmet-segment-people"),
]
