"""For whom the addresses of the delivery group's pages and API are; see audiences.py."""

from tests.architecture.routes import Route, button, form, page

_CAMPAIGN = "insights/campaigns/<int:campaign_id>"

INSIGHTS: dict[str, Route] = {
    "insights/campaigns/": page("steering"),
    "insights/campaigns/new/": form("steering"),
    f"{_CAMPAIGN}/": page("steering"),
    f"{_CAMPAIGN}/people/": form("steering"),
    f"{_CAMPAIGN}/groups/": form("steering"),
    f"{_CAMPAIGN}/comparison/": form("steering"),
    f"{_CAMPAIGN}/file/": page("steering"),
    f"{_CAMPAIGN}/confirm/": button("steering"),
    f"{_CAMPAIGN}/pause/": button("steering"),
    f"{_CAMPAIGN}/go-on/": button("steering"),
    f"{_CAMPAIGN}/stop/": button("steering"),
    f"{_CAMPAIGN}/discard/": button("steering"),
    "insights/targets/": page("statistics"),
    "insights/targets/set/": form("steering"),
    "insights/targets/<int:target>/end/": form("steering"),
    "insights/useful-wait/": page("statistics"),
    "insights/useful-wait.csv": page("statistics"),
    "insights/over-asked/": page("statistics"),
    "insights/over-asked.csv": page("statistics"),
    "insights/what-holds-groups-back/": page("statistics"),
    "insights/what-holds-groups-back.csv": page("statistics"),
    "insights/": page("statistics"),
    "insights/figures/": page("statistics"),
    "insights/figures/<slug:measure>/": page("statistics"),
    "insights/figures/<slug:measure>/csv/": page("statistics"),
    "insights/funnel/": page("statistics"),
    "insights/funnel/csv/": page("statistics"),
    "insights/fairness/": page("statistics"),
    "insights/model/": page("statistics"),
    "insights/sector/": page("statistics"),
    "insights/sector/csv/": page("statistics"),
    "insights/reports/": page("statistics"),
    "insights/reports/<slug:year>/": page("statistics"),
    "insights/reports/<slug:year>/<slug:kind>/": page("statistics"),
}
