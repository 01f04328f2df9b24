"""Pages about what follows once somebody has a place: the person's, and the group's."""

from django.urls import path

from web.views import group_hours, group_volunteers, volunteering

_MINE, _ENTRY = "me/volunteering", "me/volunteering/hours/<int:hours>"
_GROUP, _ROLE = "groups/<int:group_id>", "groups/<int:group_id>/roles/<int:role_id>"
_TIME = f"{_ROLE}/sessions/<slug:when>"

urlpatterns = [
    path(f"{_MINE}/", volunteering.MyVolunteering.as_view(), name="volunteering"),
    path(f"{_MINE}/<int:place>/coming/", volunteering.SayComing.as_view(), name="say-coming"),
    path(f"{_MINE}/hours/", volunteering.MyHours.as_view(), name="my-hours"),
    path(f"{_MINE}/hours/new/", volunteering.LogHours.as_view(), name="log-hours"),
    path(f"{_ENTRY}/", volunteering.ChangeHours.as_view(), name="hours-change"),
    path(f"{_ENTRY}/remove/", volunteering.RemoveHours.as_view(), name="hours-remove"),
    path(f"{_ENTRY}/object/", volunteering.ObjectToHours.as_view(), name="hours-object"),
    path("check-in/", volunteering.CheckIn.as_view(), name="check-in"),
    path("check-in/<slug:code>/", volunteering.CheckInCode.as_view(), name="check-in-code"),
    path(f"{_GROUP}/hours/", group_hours.GroupHours.as_view(), name="group-hours"),
    path(
        f"{_GROUP}/hours/<int:hours_id>/ask/",
        group_hours.AskAboutHours.as_view(),
        name="group-hours-ask",
    ),
    path(f"{_ROLE}/volunteers/", group_volunteers.RoleVolunteers.as_view(), name="role-volunteers"),
    path(
        f"{_ROLE}/volunteers/<int:place_id>/hours/",
        group_volunteers.RecordHours.as_view(),
        name="record-hours",
    ),
    path(f"{_TIME}/", group_volunteers.RoleOccasion.as_view(), name="role-occasion"),
    path(f"{_TIME}/check-in/", group_volunteers.RoleCheckIn.as_view(), name="role-check-in"),
]
