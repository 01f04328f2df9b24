"""What a search for roles by text costs, beside the same search by `icontains`.

    python -m benchmarks.search [--roles 500 2000 10000] [--times 5]

The demonstration borough with so many roles, in an SQLite database of its own or in that of
DATABASE_URL (whose name has to end in "benchmark": it is emptied). Each search counts what it finds
and reads the first ten, as the page does. `icontains` finds fewer: no other forms, no other words,
no errors forgiven. Printed besides: how long the index takes to make, and to follow one role.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django

TEXTS = ("gardening", "help children read", "gardning", "food bank driver", "બાગકામ", "befr")
_FIRST = 10


def measure(size: int, times: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415  - after setup

    from opportunities.models import Opportunity, SearchTerm  # noqa: PLC0415
    from opportunities.search.criteria import SearchCriteria  # noqa: PLC0415
    from opportunities.search.finding import search_roles  # noqa: PLC0415
    from opportunities.services import search_index  # noqa: PLC0415

    with open(os.devnull, "w") as nowhere:
        call_command(
            "load_demo",
            volunteers=20,
            organisations=max(size // 5, 4),
            opportunities=size,
            replace=True,
            stdout=nowhere,
            stderr=nowhere,
        )
    SearchTerm.objects.all().delete()
    made = _seconds(search_index.rebuild)
    role = Opportunity.objects.open().latest("pk")
    SearchTerm.objects.filter(opportunity=role).delete()
    followed = _seconds(lambda: search_index.write([role.pk]))
    unchanged = _seconds(lambda: search_index.write([role.pk]))
    print(
        f"{size:,} roles, {SearchTerm.objects.count():,} rows: index made in {made:.1f} s, "
        f"one role in {followed * 1000:.1f} ms, unchanged {unchanged * 1000:.1f} ms"
    )
    print(f"{'text':24}{'found':>8}{'ms':>8}{'icontains':>11}{'ms':>8}{'ratio':>8}")
    for text in TEXTS:
        roles = search_roles(SearchCriteria(text=text))
        plain = _containing(text)
        took = _best(partial(_found_page, text), times)
        took_plain = _best(partial(_plain_page, text), times)
        print(
            f"{text:24}{roles.count():8,}{took * 1000:8.1f}{plain.count():11,}"
            f"{took_plain * 1000:8.1f}{took / took_plain:8.2f}"
        )


def _containing(text: str) -> Any:
    from django.db.models import Q  # noqa: PLC0415

    from opportunities.models import Opportunity  # noqa: PLC0415
    from opportunities.selectors import for_lists  # noqa: PLC0415

    roles = Opportunity.objects.open()
    for word in text.split():
        roles = roles.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(description__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return for_lists(roles.order_by("-published_at", "-pk"))


def _found_page(text: str) -> None:
    from opportunities.search.criteria import SearchCriteria  # noqa: PLC0415  - after setup
    from opportunities.search.finding import search_roles  # noqa: PLC0415

    _page(search_roles(SearchCriteria(text=text)))


def _plain_page(text: str) -> None:
    _page(_containing(text))


def _page(roles: Any) -> None:
    roles.count()
    list(roles[:_FIRST])


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _best(work: Callable[[], object], times: int) -> float:
    work()
    return min(_seconds(work) for _ in range(times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roles", type=int, nargs="+", default=[500, 2_000, 10_000])
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not os.environ.setdefault(
            "DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark'}"
        ).endswith("benchmark"):
            parser.error("DATABASE_URL has to name a database that may be emptied: “…benchmark”.")
        os.environ |= {"HARROW_LOCAL": "1", "HARROW_VAR_DIR": folder}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415  - after setup

        call_command("migrate", verbosity=0)
        for size in given.roles:
            measure(size, given.times)


if __name__ == "__main__":
    main()
