"""How Lighthouse (npm) judges the home page, the search, what one search found, a role, and a
volunteer's own list, on a slow phone and on a desk: performance, accessibility, best practices,
search engines, and kilobytes without pictures. A person's own pages, and what one search found, are
not for search engines.

    make run                              (another window, with the demonstration)
    python -m benchmarks.lighthouse [--address http://localhost:8000] [--desk] [--runs 3]

Lighthouse is fetched by npx, and needs Chromium or Chrome. The median of the runs is printed.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

LIGHTHOUSE = "lighthouse@12.8.2"
LOGIN = {"login": "outdoors@example.org", "password": "harrow-demonstration"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--desk", action="store_true", help="a desk instead of a slow phone")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    address = options.address.rstrip("/")
    print(f"{'page':<24}" + "".join(f"{name:>16}" for name in (*CATEGORIES, "kB")))
    for name, path, cookie in _pages(address):
        runs = [_judged(address + path, cookie, is_desk=options.desk) for _ in range(options.runs)]
        middle = [statistics.median(run[column] for run in runs) for column in (*CATEGORIES, "kB")]
        print(f"{name:<24}" + "".join(f"{value:>16.0f}" for value in middle), flush=True)


def _pages(address: str) -> Iterator[tuple[str, str, str]]:
    """Give each page's name, its address, and the cookie of whoever looks."""
    search = build_opener().open(f"{address}/roles/").read().decode()
    found = re.search(r'href="(/roles/\d+/)"', search)
    if found is None:
        raise SystemExit("There is no role: start the service with the demonstration.")
    yield "home", "/", ""
    yield "search", "/roles/", ""
    yield "what a search found", "/roles/?q=gardening", ""
    yield "role", found[1], ""
    yield "recommended roles", "/me/", _signed_in(address)


def _signed_in(address: str) -> str:
    """Give the cookie of a demonstration volunteer."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise SystemExit("The page to sign in has no form.")
    answer = LOGIN | {"csrfmiddlewaretoken": token[1]}
    browser.addheaders = [("Referer", f"{address}/accounts/login/")]
    browser.open(f"{address}/accounts/login/", urlencode(answer).encode())
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _judged(url: str, cookie: str, *, is_desk: bool) -> dict[str, float]:
    """Give the four marks (0 to 100) and the kilobytes on the wire without pictures."""
    with tempfile.TemporaryDirectory() as folder:
        report, headers = Path(folder) / "report.json", Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookie} if cookie else {}))
        command = [
            *("npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json"),
            *(f"--output-path={report}", f"--extra-headers={headers}"),
            *(f"--chrome-flags={CHROME}", f"--only-categories={','.join(CATEGORIES)}"),
            *(("--preset=desktop",) if is_desk else ()),
        ]
        subprocess.run(command, check=True, env=os.environ | _chrome())
        said: dict[str, Any] = json.loads(report.read_text())
    marks = {name: 100.0 * (said["categories"][name]["score"] or 0) for name in CATEGORIES}
    requests = said["audits"]["network-requests"]["details"]["items"]
    sent = sum(one["transferSize"] for one in requests if one.get("resourceType") != "Image")
    return marks | {"kB": sent / 1000}


def _chrome() -> dict[str, str]:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return {"CHROME_PATH": found}
    return {}


if __name__ == "__main__":
    main()
