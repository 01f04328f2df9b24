"""Which tests belong to which lane: a test that needs one kind of database is left out of the
other lane (deselected), and never skipped there, so that a lane that lost its tests is noticed."""

import pytest

ONLY_ON = {"postgres": "postgresql", "sqlite": "sqlite"}


def leave_out_other_databases(
    config: pytest.Config, items: list[pytest.Item], *, vendor: str
) -> None:
    """Deselects the tests whose marker names another database than `vendor` (Django's word)."""
    left_out = [
        item
        for item in items
        if any(
            item.get_closest_marker(marker) is not None and needed != vendor
            for marker, needed in ONLY_ON.items()
        )
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
