"""A real browser on the real service: Chromium on the path, else Playwright's own."""

import os
import shutil
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser() -> None:
    """Playwright runs an event loop in this thread, which Django takes for an asynchronous view."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if os.geteuid() == 0:
        # Chromium refuses to run as root inside its own sandbox.
        arguments.append("--no-sandbox")
    return {
        **browser_type_launch_args,
        "args": [*browser_type_launch_args.get("args", []), *arguments],
        **({"executable_path": chromium} if chromium else {}),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many looks at pages were taken (test_every_page.py)."""
    looks = [
        dict(report.user_properties).get("looks", 0)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
    ]
    if any(looks):
        terminalreporter.write_line(f"{sum(looks)} looks at pages in a browser")
