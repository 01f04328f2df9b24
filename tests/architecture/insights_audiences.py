"""For whom the addresses of the delivery group's pages and API are; see audiences.py."""

from tests.architecture.routes import Route

INSIGHTS: dict[str, Route] = {}
