"""Addresses of the statistics, named as their pages are."""

from django.urls import path

from api.v1 import insights_standing as standing
from api.v1.insights import Measures, OneFigure, PeriodFigures, Periods
from api.v1.insights_asking import Fairness, Funnel
from api.v1.insights_campaigns import (
    Campaigns,
    GoOnWithCampaign,
    OneCampaign,
    PauseCampaign,
    StopCampaign,
)
from api.v1.insights_capacity import WhatHoldsGroupsBack
from api.v1.insights_contribution import Contribution
from api.v1.insights_more_places import WhatMorePlacesDo
from api.v1.insights_over_asked import OverAskedRoles
from api.v1.insights_reports import (
    KeptReportFile,
    KeptReports,
    OneKeptReport,
    OneReport,
    ReportFile,
    Reports,
)
from api.v1.insights_role_plan import RolesWorthCreating, RoleWorthCreatingInFull
from api.v1.insights_sector import SectorStudy
from api.v1.insights_targets import TargetHistory
from api.v1.insights_unmet import OneSegment, Segments, WhatStopsPeople
from api.v1.insights_useful_wait import UsefulWait
from api.v1.insights_what_if import CallOffSimulation, OneSimulation, Simulations

_PERIOD, _YEAR = "insights/periods/<slug:period>", "insights/reports/<slug:year>"
_KEPT = "insights/kept-reports/<int:kept>"
_CAMPAIGN = "insights/campaigns/<int:campaign_id>"

of_statistics = [
    path("insights/minute/", standing.InAMinute.as_view(), name="insights-minute"),
    path("insights/measures/", Measures.as_view(), name="insights-measures"),
    path("insights/periods/", Periods.as_view(), name="insights-periods"),
    path(f"{_PERIOD}/", PeriodFigures.as_view(), name="insights-period"),
    path(f"{_PERIOD}/<slug:measure>/", OneFigure.as_view(), name="insights-figure"),
    path("insights/funnel/", Funnel.as_view(), name="insights-funnel"),
    path("insights/fairness/", Fairness.as_view(), name="insights-fairness"),
    path("insights/model/", standing.RankingHealth.as_view(), name="insights-model"),
    path("insights/regular-volunteering/", Contribution.as_view(), name="insights-contribution"),
    path("insights/targets/", TargetHistory.as_view(), name="insights-targets"),
    path("insights/segments/", Segments.as_view(), name="insights-segments"),
    path("insights/segments/<int:segment>/", OneSegment.as_view(), name="insights-segment"),
    path("insights/what-stops-people/", WhatStopsPeople.as_view(), name="insights-stops"),
    path("insights/more-places/", WhatMorePlacesDo.as_view(), name="insights-more-places"),
    path("insights/role-plan/", RolesWorthCreating.as_view(), name="insights-role-plan"),
    path(
        "insights/role-plan/<int:number>/",
        RoleWorthCreatingInFull.as_view(),
        name="insights-planned-role",
    ),
    path(
        "insights/what-holds-groups-back/",
        WhatHoldsGroupsBack.as_view(),
        name="insights-holds-back",
    ),
    path("insights/over-asked/", OverAskedRoles.as_view(), name="insights-over-asked"),
    path("insights/useful-wait/", UsefulWait.as_view(), name="insights-useful-wait"),
    path("insights/sector/", SectorStudy.as_view(), name="insights-sector"),
    path("insights/campaigns/", Campaigns.as_view(), name="insights-campaigns"),
    path(f"{_CAMPAIGN}/", OneCampaign.as_view(), name="insights-campaign"),
    path(f"{_CAMPAIGN}/pause/", PauseCampaign.as_view(), name="insights-campaign-pause"),
    path(f"{_CAMPAIGN}/go-on/", GoOnWithCampaign.as_view(), name="insights-campaign-go-on"),
    path(f"{_CAMPAIGN}/stop/", StopCampaign.as_view(), name="insights-campaign-stop"),
    path("insights/what-if/", Simulations.as_view(), name="insights-what-if"),
    path(
        "insights/what-if/<int:simulation>/call-off/",
        CallOffSimulation.as_view(),
        name="insights-simulation-call-off",
    ),
    path("insights/what-if/<int:simulation>/", OneSimulation.as_view(), name="insights-simulation"),
    path("insights/reports/", Reports.as_view(), name="insights-reports"),
    path("insights/kept-reports/", KeptReports.as_view(), name="insights-kept-reports"),
    path(f"{_KEPT}/", OneKeptReport.as_view(), name="insights-kept-report"),
    path(f"{_KEPT}/<slug:kind>/", KeptReportFile.as_view(), name="insights-kept-report-file"),
    path(f"{_YEAR}/", OneReport.as_view(), name="insights-report"),
    path(f"{_YEAR}/<slug:kind>/", ReportFile.as_view(), name="insights-report-file"),
]
