"""Somebody deletes their account while the segments of a week are written."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.services import erasure
from core.clock import now
from core.places import postcodes
from core.places.wards import WARDS
from insights.models import SegmentMember, UnmetWeek
from insights.proposed_roles import TIMES
from insights.services import segments
from placements.services import locks
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)

PINNER = "E05013555"
MASKS = {code: mask for code, __, mask in TIMES}
KINDS = ("befriending", "cooking", "phone-calls", "helpline", "sports-coaching")


def people(number: int, ward: str, **fields: Any) -> None:
    places = cycle(postcodes.in_ward(ward)[:5])
    for __ in range(number):
        VolunteerFactory(
            postcode=next(places).postcode,
            waiting_since=now() - timedelta(days=40),
            travel_miles=2,
            **fields,
        )


def test_who_leaves_meanwhile_and_the_segments_do_not_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people(12, PINNER, activities=["gardening"], availability=MASKS["weekday-evening"])
    times = list(MASKS.values())
    for number in range(44):
        kind, free = KINDS[number % len(KINDS)], times[number // 3 % len(times)]
        people(1, WARDS[number % len(WARDS)].code, activities=[kind], availability=free)
    assert segments.refresh()
    leaver = SegmentMember.objects.select_related("volunteer__user").first()
    assert leaver is not None
    person: Volunteer = leaver.volunteer
    # Its people are looked for anew, and it is the last week no more.
    UnmetWeek.objects.all().delete()
    segments.SegmentWeek.objects.all().delete()

    is_held, is_worked_out = threading.Event(), threading.Event()
    of_borough = segments._of_borough

    def worked_out(*given: Any) -> dict[str, Any]:
        found = of_borough(*given)
        is_worked_out.set()
        return found

    monkeypatch.setattr(segments, "_of_borough", worked_out)

    def leave() -> None:
        with transaction.atomic():
            locks.person_with_roles(person.pk, to_delete=True)
            is_held.set()
            assert is_worked_out.wait(120)
            time.sleep(1)  # they are being written now
            erasure.erase(user=person.user, by=person.user)

    def look() -> None:
        assert is_held.wait(120)
        assert segments.refresh()

    def run(act: Any) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (leave, look)))

    assert not Volunteer.objects.filter(pk=person.pk).exists()
    assert SegmentMember.objects.count() == 11
