"""Which tests belong to which lane: a test that needs one kind of database is left out of the
other lane (deselected), and never skipped there, so that a lane that lost its tests is noticed.

What touches no database comes out the same in both, so it runs in the lane that people run too: on
SQLite.
"""

import pytest

ONLY_ON = {"postgres": "postgresql", "sqlite": "sqlite"}
#: What pytest-django makes a database ready by; every test that touches one asks for one of these.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def leave_out_other_lanes(config: pytest.Config, items: list[pytest.Item], *, vendor: str) -> None:
    """Deselects the tests whose marker names another database than `vendor` (Django's word), and on
    PostgreSQL those that touch none.
    """
    left_out = [item for item in items if not _belongs(item, vendor)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _belongs(item: pytest.Item, vendor: str) -> bool:
    needed = {only for marker, only in ONLY_ON.items() if item.get_closest_marker(marker)}
    if needed:
        return vendor in needed
    return vendor == "sqlite" or _touches_a_database(item)


def _touches_a_database(item: pytest.Item) -> bool:
    fixtures = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None
