"""What would happen if."""

from django.urls import URLPattern, path

from web.views.insights import simulation

_WHAT_IF = "insights/what-if"

urlpatterns: list[URLPattern] = [
    path(f"{_WHAT_IF}/", simulation.Simulations.as_view(), name="simulations"),
    path(f"{_WHAT_IF}/ask/", simulation.SimulationAsk.as_view(), name="simulation-ask"),
    path(
        f"{_WHAT_IF}/<int:simulation>/call-off/",
        simulation.SimulationCallOff.as_view(),
        name="simulation-call-off",
    ),
    path(f"{_WHAT_IF}/<int:simulation>/", simulation.SimulationPage.as_view(), name="simulation"),
]
