"""For whom the addresses of the delivery group's pages and API are; see audiences.py."""

from tests.architecture.routes import Route, form, page

INSIGHTS: dict[str, Route] = {
    "insights/targets/": page("statistics"),
    "insights/targets/set/": form("steering"),
    "insights/targets/<int:target>/end/": form("steering"),
    "insights/": page("statistics"),
}
