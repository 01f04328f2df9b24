"""Addresses of version 1."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from api.v1.answering_record import AnsweringRecord
from api.v1.answers import Answers, TakeBackAnswer, TakeBackAnswers
from api.v1.applications import ApplicationViews
from api.v1.attendance import RoleCheckInCode, RoleTime, RoleTimes, RoleVolunteers
from api.v1.blocks import BlockApplicant, BlockedGroups, OneBlockedGroup
from api.v1.calendar_feed import MyCalendarFeed
from api.v1.concerns import Concerns
from api.v1.conversations import Conversation, MarkRead, Sharing
from api.v1.group_hours import AskAboutHours, ConfirmHours, GroupHours
from api.v1.hidden_roles import HiddenRoles, OneHiddenRole
from api.v1.hours import Hours, HoursByMonth, ObjectToHours, OneEntry
from api.v1.insights_urls import of_statistics
from api.v1.limits import ChangeLimit, EndLimit, Limits
from api.v1.live_count import LiveCount
from api.v1.more_room import RoleMoreRoom, UndoRoom
from api.v1.notification_choices import NotificationChoice, NotificationChoices, QuietHours
from api.v1.notifications import MarkNotificationsRead, Notifications
from api.v1.offers import Offer, Offers, RefuseOffer, TakeUpOffer
from api.v1.opportunities import OpportunityViews
from api.v1.organisations import OrganisationViews
from api.v1.own_data import DeleteAccount, OwnData
from api.v1.placements import CheckIn, Placements, SayComing
from api.v1.recommendations import Fit, Recommendations
from api.v1.requirements import Requirements
from api.v1.role_templates import RoleTemplates
from api.v1.role_waiting_list import RoleWaitingList
from api.v1.saved_searches import OneSavedSearch, SavedSearches
from api.v1.service_records import RecordDocument, RecordNow, RevokeRecord, ServiceRecords
from api.v1.suggestions import (
    AcceptSuggestion,
    OneSuggestion,
    RefuseSuggestion,
    Suggestions,
)
from api.v1.taxonomy import Taxonomy
from api.v1.tokens import RevokeAllTokens, RevokeToken, TokenView
from api.v1.transparency import Transparency
from api.v1.volunteers import MyProfile, Pause, Resume
from api.v1.waiting_lists import LeaveWaitingList, WaitingLists
from api.v1.wording_marks import WordingMarks

router = SimpleRouter(use_regex_path=False)
router.register("opportunities", OpportunityViews, "opportunity")
router.register("organisations", OrganisationViews, "organisation")
router.register("applications", ApplicationViews, "application")

_of_a_person = [
    path("waiting-lists/", WaitingLists.as_view(), name="waiting-lists"),
    path("waiting-lists/<int:pk>/leave/", LeaveWaitingList.as_view(), name="waiting-list-leave"),
    path("offers/", Offers.as_view(), name="offers"),
    path("offers/<int:pk>/", Offer.as_view(), name="offer"),
    path("offers/<int:pk>/take-up/", TakeUpOffer.as_view(), name="offer-take-up"),
    path("offers/<int:pk>/refuse/", RefuseOffer.as_view(), name="offer-refuse"),
    path("suggestions/", Suggestions.as_view(), name="suggestions"),
    path("suggestions/<int:pk>/", OneSuggestion.as_view(), name="suggestion"),
    path("suggestions/<int:pk>/accept/", AcceptSuggestion.as_view(), name="suggestion-accept"),
    path("suggestions/<int:pk>/refuse/", RefuseSuggestion.as_view(), name="suggestion-refuse"),
    path("hidden-roles/", HiddenRoles.as_view(), name="hidden-roles"),
    path("hidden-roles/<int:opportunity>/", OneHiddenRole.as_view(), name="hidden-role"),
    path("saved-searches/", SavedSearches.as_view(), name="saved-searches"),
    path("saved-searches/<int:pk>/", OneSavedSearch.as_view(), name="saved-search"),
    path("blocked-groups/", BlockedGroups.as_view(), name="blocked-groups"),
    path("blocked-groups/<int:organisation>/", OneBlockedGroup.as_view(), name="blocked-group"),
    path("concerns/", Concerns.as_view(), name="concerns"),
    path("account/data/", OwnData.as_view(), name="own-data"),
    path("account/delete/", DeleteAccount.as_view(), name="account-delete"),
    path("placements/", Placements.as_view(), name="placements"),
    path("placements/<int:pk>/coming/", SayComing.as_view(), name="placement-coming"),
    path("check-in/", CheckIn.as_view(), name="check-in"),
    path("hours/", Hours.as_view(), name="hours"),
    path("hours/months/", HoursByMonth.as_view(), name="hours-by-month"),
    path("hours/<int:pk>/", OneEntry.as_view(), name="hours-entry"),
    path("hours/<int:pk>/object/", ObjectToHours.as_view(), name="hours-object"),
    path("service-records/", ServiceRecords.as_view(), name="service-records"),
    path("service-records/now/", RecordNow.as_view(), name="service-record-now"),
    path(
        "service-records/<int:pk>/document/",
        RecordDocument.as_view(),
        name="service-record-document",
    ),
    path("service-records/<int:pk>/revoke/", RevokeRecord.as_view(), name="service-record-revoke"),
    path("calendar-feed/", MyCalendarFeed.as_view(), name="calendar-feed"),
    path("notifications/", Notifications.as_view(), name="notifications"),
    path("notifications/read/", MarkNotificationsRead.as_view(), name="notifications-read"),
    path("notifications/choices/", NotificationChoices.as_view(), name="notification-choices"),
    path(
        "notifications/choices/<slug:topic>/",
        NotificationChoice.as_view(),
        name="notification-choice",
    ),
    path("notifications/quiet-hours/", QuietHours.as_view(), name="quiet-hours"),
]

_ROLE, _GROUP = "opportunities/<int:pk>", "organisations/<int:pk>"
_APPLICATION, _TIME = "applications/<int:pk>", f"{_ROLE}/times/<slug:when>"

_of_a_group = [
    path(f"{_ROLE}/waiting-list/", RoleWaitingList.as_view(), name="role-waiting-list"),
    path(f"{_ROLE}/more-room/", RoleMoreRoom.as_view(), name="role-more-room"),
    path(f"{_ROLE}/more-room/<int:step_id>/undo/", UndoRoom.as_view(), name="role-more-room-undo"),
    path(f"{_ROLE}/volunteers/", RoleVolunteers.as_view(), name="role-volunteers"),
    path(f"{_ROLE}/times/", RoleTimes.as_view(), name="role-times"),
    path(f"{_TIME}/", RoleTime.as_view(), name="role-time"),
    path(f"{_TIME}/check-in/", RoleCheckInCode.as_view(), name="role-check-in"),
    path(f"{_ROLE}/answers/", Answers.as_view(), name="role-answers"),
    path(f"{_ROLE}/answers/take-back/", TakeBackAnswers.as_view(), name="role-answers-take-back"),
    path(f"{_GROUP}/hours/", GroupHours.as_view(), name="group-hours"),
    path(f"{_GROUP}/hours/confirm/", ConfirmHours.as_view(), name="group-hours-confirm"),
    path(f"{_GROUP}/hours/<int:hours_id>/ask/", AskAboutHours.as_view(), name="group-hours-ask"),
    path(f"{_GROUP}/limits/", Limits.as_view(), name="group-limits"),
    path(f"{_GROUP}/limits/<int:limit_id>/", ChangeLimit.as_view(), name="group-limit"),
    path(f"{_GROUP}/limits/<int:limit_id>/end/", EndLimit.as_view(), name="group-limit-end"),
    path(f"{_GROUP}/answering/", AnsweringRecord.as_view(), name="group-answering"),
    path(f"{_GROUP}/live-count/", LiveCount.as_view(), name="group-live-count"),
]
_of_both = [
    path(f"{_APPLICATION}/block/", BlockApplicant.as_view(), name="applicant-block"),
    path(f"{_APPLICATION}/take-back/", TakeBackAnswer.as_view(), name="answer-take-back"),
    path(f"{_APPLICATION}/messages/", Conversation.as_view(), name="messages"),
    path(f"{_APPLICATION}/messages/read/", MarkRead.as_view(), name="messages-read"),
    path(f"{_APPLICATION}/sharing/", Sharing.as_view(), name="sharing"),
]

urlpatterns = [
    path("auth/token/", TokenView.as_view(), name="token"),
    path("auth/token/revoke/", RevokeToken.as_view(), name="token-revoke"),
    path("auth/token/revoke-all/", RevokeAllTokens.as_view(), name="token-revoke-all"),
    path("recommendations/", Recommendations.as_view(), name="recommendations"),
    path("taxonomy/", Taxonomy.as_view(), name="taxonomy"),
    path("role-templates/", RoleTemplates.as_view(), name="role-templates"),
    path("wording-marks/", WordingMarks.as_view(), name="wording-marks"),
    path("transparency/", Transparency.as_view(), name="transparency"),
    path("volunteers/me/", MyProfile.as_view(), name="profile"),
    path("volunteers/me/pause/", Pause.as_view(), name="profile-pause"),
    path("volunteers/me/resume/", Resume.as_view(), name="profile-resume"),
    path("opportunities/<int:pk>/fit/", Fit.as_view(), name="fit"),
    path("opportunities/<int:pk>/requirements/", Requirements.as_view(), name="requirements"),
    *_of_a_person,
    *_of_a_group,
    *_of_both,
    *of_statistics,
    path("", include(router.urls)),
]
