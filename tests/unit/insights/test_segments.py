"""A segment is named in plain words, and what says who is in it is a person's own."""

import pytest
from django.utils import translation

from accounts.services.erasure import erase
from core.clock import now
from core.places.wards import WARDS
from insights.models import Segment, SegmentMember
from insights.segment_titles import QUARTERS, quarter_of
from tests.factories.volunteers import VolunteerFactory

PINNER, HATCH_END = "E05013555", "E05013549"


def segment(**fields: object) -> Segment:
    given: dict[str, object] = {"first_found_at": now(), "last_found_at": now(), "people": 9}
    return Segment(**{**given, **fields})


class TestNames:
    def test_they_say_what_when_and_where(self) -> None:
        found = segment(activity="befriending", times=["weekday-evening", "sunday"], area=[PINNER])
        assert (
            found.name == "Listening and befriending, weekday evenings and Sundays, around Pinner"
        )

    def test_a_cause_stands_in_for_an_activity(self) -> None:
        found = segment(cause="older-people", area=[PINNER, HATCH_END])
        assert found.name == "Older people, around Pinner and Hatch End"

    def test_they_say_so_where_people_have_nothing_in_common(self) -> None:
        assert segment().name == "Any kind of help, all over Harrow"
        assert segment(quarter="south-east").name == "Any kind of help, in the south-east"

    def test_they_are_in_the_language_of_whoever_reads(self) -> None:
        found = segment(activity="gardening")
        with translation.override("pl"):
            assert "Ogrod" in found.name or "ogrod" in found.name

    def test_every_ward_lies_in_a_quarter(self) -> None:
        assert {quarter_of(ward.code) for ward in WARDS} == set(QUARTERS)
        assert quarter_of("") == ""


@pytest.mark.django_db
def test_a_person_who_leaves_is_taken_out() -> None:
    found = segment()
    found.save()
    stays, goes = VolunteerFactory.create_batch(2)
    for person in (stays, goes):
        SegmentMember.objects.create(segment=found, volunteer=person)
    erase(user=goes.user, by=None)
    assert [one.volunteer for one in SegmentMember.objects.all()] == [stays]
