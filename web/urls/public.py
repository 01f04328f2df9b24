"""Pages that anyone may open."""

from django.urls import path

from web.views import pages

urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("roles/", pages.About.as_view(), name="roles"),
    path("for-groups/", pages.About.as_view(), name="for-groups"),
    path("outbox/", pages.About.as_view(), name="outbox"),
    path("about/", pages.About.as_view(), name="about"),
    path("about/matching/", pages.HowMatchingWorks.as_view(), name="how-matching-works"),
    path("about/privacy/", pages.Privacy.as_view(), name="privacy"),
    path("about/accessibility/", pages.Accessibility.as_view(), name="accessibility"),
]
