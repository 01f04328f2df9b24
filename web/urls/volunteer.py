"""Pages of a volunteer, and those that everyone signed in has."""

from django.urls import path

from web.views import (
    account,
    applications,
    conversations,
    equality,
    hidden_roles,
    messages,
    notifications,
    profile,
    recommendations,
    start,
)

urlpatterns = [
    path("start/", start.Start.as_view(), name="start"),
    path("start/volunteer/", start.StartVolunteer.as_view(), name="start-volunteer"),
    path("me/", recommendations.RecommendedRoles.as_view(), name="recommended-roles"),
    path("me/next/", start.AfterSignIn.as_view(), name="after-sign-in"),
    path("me/profile/", profile.Profile.as_view(), name="profile"),
    path("me/profile/check/", profile.CheckAnswers.as_view(), name="profile-check"),
    path("me/profile/pause/", profile.PauseProfile.as_view(), name="profile-pause"),
    path("me/profile/resume/", profile.ResumeProfile.as_view(), name="profile-resume"),
    path("me/profile/nearer/", hidden_roles.LookNearer.as_view(), name="profile-nearer"),
    path("me/profile/<slug:section>/", profile.ProfileSection.as_view(), name="profile-section"),
    path("me/hidden/", hidden_roles.HiddenRoles.as_view(), name="hidden-roles"),
    path("roles/<int:role>/not-for-me/", hidden_roles.NotForMe.as_view(), name="role-not-for-me"),
    path("roles/<int:role>/hidden/", hidden_roles.RoleHidden.as_view(), name="role-hidden"),
    path("roles/<int:role>/show-again/", hidden_roles.ShowAgain.as_view(), name="role-show-again"),
    path("me/applications/", applications.ApplicationList.as_view(), name="applications"),
    path(
        "me/applications/<int:application>/",
        applications.ApplicationDetail.as_view(),
        name="application",
    ),
    path(
        "me/applications/<int:application>/withdraw/",
        applications.Withdraw.as_view(),
        name="application-withdraw",
    ),
    path(
        "me/applications/<int:application>/take-up/",
        applications.TakeUp.as_view(),
        name="application-take-up",
    ),
    path(
        "me/applications/<int:application>/start/",
        applications.StartPlacement.as_view(),
        name="application-start",
    ),
    path(
        "me/applications/<int:application>/end/",
        applications.EndPlacement.as_view(),
        name="application-end",
    ),
    path(
        "me/applications/<int:application>/messages/",
        conversations.ConversationOfPerson.as_view(),
        name="application-messages",
    ),
    path(
        "me/applications/<int:application>/sharing/",
        conversations.Sharing.as_view(),
        name="application-sharing",
    ),
    path("roles/<int:role>/apply/", applications.Apply.as_view(), name="role-apply"),
    path("me/equality/", equality.Equality.as_view(), name="equality"),
    path("me/equality/delete/", equality.EqualityDelete.as_view(), name="equality-delete"),
    path("me/equality/deleted/", equality.EqualityDeleted.as_view(), name="equality-deleted"),
    path("me/messages/", messages.Messages.as_view(), name="messages"),
    path("me/notifications/", notifications.Notifications.as_view(), name="notifications"),
    path(
        "me/notifications/quiet-hours/",
        notifications.QuietHoursPage.as_view(),
        name="quiet-hours",
    ),
    path(
        "me/notifications/<slug:topic>/",
        notifications.NotificationTopic.as_view(),
        name="notification-topic",
    ),
    path("me/account/", account.Account.as_view(), name="account"),
    path("me/account/details/", account.AccountDetails.as_view(), name="account-details"),
]
