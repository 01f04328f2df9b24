"""What came of asking each group."""

from datetime import timedelta

import pytest

from core import clock
from placements.answering_counts import answering_counts
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db
NOTHING = {"in_time": (0, 0), "answered": (0, 0), "accepted": (0, 0)}


def of_one(**application: object) -> dict[str, tuple[int, int]]:
    """What one application, sent so many days ago and answered after so many, counts for."""
    sent, answered = application.pop("sent"), application.pop("answered", None)
    created = clock.now() - timedelta(days=sent)
    row = ApplicationFactory(
        created_at=created,
        answered_at=None if answered is None else created + timedelta(days=answered),
        **{"state_since": created, **application},
    )
    counts = answering_counts()[row.opportunity.organisation_id]
    return {name: (getattr(counts, name).hits, getattr(counts, name).trials) for name in NOTHING}


@pytest.mark.parametrize(
    ("application", "counted"),
    [
        ({"sent": 3}, {}),
        ({"sent": 12}, {"in_time": (0, 1)}),
        ({"sent": 40}, {"in_time": (0, 1), "answered": (0, 1)}),
        ({"sent": 9, "answered": 4, "state": "invited"}, {"in_time": (1, 1), "answered": (1, 1)}),
        ({"sent": 40, "answered": 15, "state": "invited"}, {"in_time": (0, 1), "answered": (1, 1)}),
        *(
            (
                {"sent": 9, "answered": 4, "state": state},
                {"in_time": (1, 1), "answered": (1, 1), "accepted": (1, 1)},
            )
            for state in ("accepted", "started", "ended")
        ),
        (
            {"sent": 9, "answered": 4, "state": "declined", "reason": "other_skills"},
            {"in_time": (1, 1), "answered": (1, 1), "accepted": (0, 1)},
        ),
        (
            {"sent": 9, "answered": 4, "state": "declined", "reason": "no_place"},
            {"in_time": (1, 1), "answered": (1, 1)},
        ),
        ({"sent": 5, "state": "withdrawn"}, {}),
        ({"sent": 5, "state": "withdrawn", "reason": "no_time"}, {}),
        ({"sent": 5, "state": "withdrawn", "reason": "no_answer"}, {"answered": (0, 1)}),
        (
            {"sent": 9, "answered": 4, "state": "withdrawn", "reason": "no_answer"},
            {"in_time": (1, 1), "answered": (1, 1)},
        ),
        ({"sent": 5, "state": "lapsed"}, {"answered": (0, 1)}),
        ({"sent": 400, "answered": 4, "state": "accepted"}, None),
    ],
)
def test_what_one_application_says(application: dict, counted: dict | None) -> None:
    if counted is None:
        with pytest.raises(KeyError):
            of_one(**application)
    else:
        assert of_one(**application) == NOTHING | counted


def test_one_query_for_all_groups(django_assert_num_queries) -> None:
    for _ in range(3):
        ApplicationFactory(opportunity=OpportunityFactory())
    with django_assert_num_queries(1):
        assert len(answering_counts()) == 3
