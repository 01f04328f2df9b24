"""Pages that anyone may open."""

from django.urls import path
from django.views.decorators.http import require_safe

from web.views import (
    finding_us,
    health,
    language,
    notifications,
    outbox,
    pages,
    parents,
    posters,
    reports,
    roles,
    search,
    searches,
    transparency,
)

urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("roles/", search.SearchRoles.as_view(), name="roles"),
    path("roles/feed/", require_safe(finding_us.NewRoles()), name="new-roles-feed"),
    path("robots.txt", finding_us.Robots.as_view(), name="robots"),
    path("sitemap.xml", finding_us.SiteMap.as_view(), name="sitemap"),
    path("roles/<int:role>/poster/", posters.RolePoster.as_view(), name="role-poster"),
    path("roles/<int:role>/", roles.RoleDetail.as_view(), name="role"),
    path("parents/<str:token>/", parents.ParentAnswer.as_view(), name="parent-answer"),
    path("language/", language.ChooseLanguage.as_view(), name="language"),
    path("report/", reports.Report.as_view(), name="report"),
    path("report/sent/", reports.ReportSent.as_view(), name="report-sent"),
    path("report/role/<int:role>/", reports.ReportRole.as_view(), name="report-role"),
    path("report/group/<int:group>/", reports.ReportGroup.as_view(), name="report-group"),
    path("report/person/<int:application>/", reports.ReportPerson.as_view(), name="report-person"),
    path("report/message/<int:message>/", reports.ReportMessage.as_view(), name="report-message"),
    path("for-groups/", pages.ForGroups.as_view(), name="for-groups"),
    path("about/", pages.About.as_view(), name="about"),
    path("about/matching/", pages.HowMatchingWorks.as_view(), name="how-matching-works"),
    path("about/ranking/", transparency.HowRankingWorks.as_view(), name="how-ranking-works"),
    path("about/privacy/", pages.Privacy.as_view(), name="privacy"),
    path("about/contact/", pages.Contact.as_view(), name="contact"),
    path("about/complaints/", pages.Complaints.as_view(), name="complaints"),
    path("about/accessibility/", pages.Accessibility.as_view(), name="accessibility"),
    path("outbox/", outbox.Outbox.as_view(), name="outbox"),
    path("outbox/texts/", outbox.OutboxTexts.as_view(), name="outbox-texts"),
    path("outbox/<int:mail>/", outbox.OutboxMail.as_view(), name="outbox-mail"),
    path("searches/<str:token>/", searches.SearchAlerts.as_view(), name="search-alerts"),
    path("stop/<str:token>/", notifications.StopMails.as_view(), name="stop-mails"),
    path("stop/undo/<str:token>/", notifications.StartMails.as_view(), name="start-mails"),
    path("health/", health.health_report, name="health"),
]
