"""The service's pages in a browser without a server: each request is answered in the test's own
transaction, and what it changed is taken back. So one set of rows serves thousands of looks."""

import mimetypes
from contextvars import copy_context
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, Route

from accounts.models import User

ADDRESS = "http://localhost:8000"
_MOST_STEPS = 5


class Served:
    """Answers a browser page's requests as `person`."""

    def __init__(self, page: Page, person: User | None) -> None:
        self.client = Client(raise_request_exception=True)
        if person is not None:
            self.client.force_login(person)
        self.page = page
        self._asked: HttpResponse | None = None
        # Playwright answers in a context of its own, where Django would open a second connection.
        self._context = copy_context()
        page.route("**/*", self._answer)

    def open(self, path: str) -> bool:
        """Open a page, where it leads on to another that one; whether it is a page at all."""
        response = self._ask("GET", path, b"", "")
        if not response.get("Content-Type", "").startswith("text/html"):
            return False
        self._asked = response
        self.page.goto(ADDRESS + path)
        return True

    def close(self) -> None:
        self.page.unroute("**/*")

    def _answer(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        if parts.path.startswith(settings.STATIC_URL):
            self._file(route, parts.path.removeprefix(settings.STATIC_URL))
            return
        query = f"?{parts.query}" if parts.query else ""
        response, self._asked = self._asked, None
        if response is None:
            response = self._context.run(
                self._ask,
                request.method,
                parts.path + query,
                request.post_data_buffer or b"",
                request.headers.get("content-type", ""),
            )
        headers = {
            name: value
            for name, value in response.headers.items()
            if name.lower() not in ("content-length", "location")
        }
        body = b"".join(response) if response.streaming else response.content
        route.fulfill(status=response.status_code, headers=headers, body=body)

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> HttpResponse:
        """Ask, follow where it leads, and take back what was changed."""
        with transaction.atomic():
            response = self.client.generic(
                method, path, body, kind or "application/octet-stream", HTTP_HOST="localhost:8000"
            )
            for _ in range(_MOST_STEPS):
                if response.status_code not in (301, 302, 303):
                    break
                path = urljoin(path, response["Location"])
                if urlsplit(path).netloc not in ("", "localhost:8000"):
                    break
                response = self.client.get(path, HTTP_HOST="localhost:8000")
            transaction.set_rollback(True)
        return response

    @staticmethod
    def _file(route: Route, name: str) -> None:
        found = finders.find(name)
        if not found:
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        route.fulfill(status=200, content_type=kind, body=Path(str(found)).read_bytes())
