"""The figures, their tables and targets."""

from django.urls import URLPattern, path

from web.views.insights import figures, minute

urlpatterns: list[URLPattern] = [
    path("insights/", minute.Minute.as_view(), name="statistics"),
    path("insights/figures/", figures.AllFigures.as_view(), name="figures"),
    path("insights/figures/<slug:measure>/", figures.Figure.as_view(), name="figure"),
    path("insights/figures/<slug:measure>/csv/", figures.FigureFile.as_view(), name="figure-csv"),
]
