"""Pages about what follows once somebody has a place: the person's, and the group's."""

from django.urls import path

from web.views import (
    calendar,
    group_hours,
    group_volunteers,
    service_record,
    still_going,
    volunteering,
)

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
    path(f"{_MINE}/calendar/", calendar.MyCalendar.as_view(), name="my-calendar"),
    path(f"{_MINE}/calendar/new/", calendar.RenewCalendar.as_view(), name="renew-calendar"),
    path(f"{_MINE}/calendar/stop/", calendar.StopCalendar.as_view(), name="stop-calendar"),
    path("calendar/<str:feed>.ics", calendar.calendar_feed, name="calendar-feed"),
    path(f"{_MINE}/record/", service_record.MyRecord.as_view(), name="my-record"),
    path(f"{_MINE}/record/new/", service_record.MakeRecord.as_view(), name="make-record"),
    path(
        f"{_MINE}/record/<int:record>/pdf/",
        service_record.RecordDocument.as_view(),
        name="record-document",
    ),
    path(
        f"{_MINE}/record/<int:record>/revoke/",
        service_record.RevokeRecord.as_view(),
        name="revoke-record",
    ),
    path("record/<slug:code>/", service_record.CheckRecord.as_view(), name="record-check"),
    path("still-going/<str:answer>/", still_going.AskStillGoing.as_view(), name="still-going"),
    path("still-going/<str:answer>/stopped/", still_going.SayStopped.as_view(), name="stopped"),
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
