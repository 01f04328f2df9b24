"""The figures, their tables and targets."""

from django.urls import URLPattern, path

from web.views.insights import behind, contribution, figures, minute

urlpatterns: list[URLPattern] = [
    path("insights/", minute.Minute.as_view(), name="statistics"),
    path("insights/figures/", figures.AllFigures.as_view(), name="figures"),
    path("insights/figures/<slug:measure>/", figures.Figure.as_view(), name="figure"),
    path("insights/figures/<slug:measure>/csv/", figures.FigureFile.as_view(), name="figure-csv"),
    path("insights/funnel/", behind.FunnelPage.as_view(), name="funnel"),
    path("insights/funnel/csv/", behind.FunnelFile.as_view(), name="funnel-csv"),
    path("insights/fairness/", behind.FairnessPage.as_view(), name="fairness"),
    path(
        "insights/regular-volunteering/", contribution.Contribution.as_view(), name="contribution"
    ),
    path(
        "insights/regular-volunteering/csv/",
        contribution.ContributionFile.as_view(),
        name="contribution-csv",
    ),
    path("insights/regular-volunteering/ask/", contribution.AskGroups.as_view(), name="ask-groups"),
    path("insights/model/", behind.RankingHealthPage.as_view(), name="ranking-health"),
]
