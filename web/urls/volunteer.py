"""Pages of a volunteer, and those that everyone signed in has."""

from django.urls import path
from django.views.generic import TemplateView

page = TemplateView.as_view(template_name="web/base.html")

urlpatterns = [
    path("start/", page, name="start"),
    path("me/", page, name="recommended-roles"),
    path("me/next/", page, name="after-sign-in"),
    path("me/profile/", page, name="profile"),
    path("me/applications/", page, name="applications"),
    path("me/messages/", page, name="messages"),
    path("me/account/", page, name="account"),
    path("me/equality/", page, name="equality"),
]
