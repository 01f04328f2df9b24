"""For whom the addresses of the delivery group's pages and API are; see audiences.py."""

from tests.architecture.routes import Route, page

INSIGHTS: dict[str, Route] = {
    "insights/": page("statistics"),
}
