"""Everybody is kept in memory, and only who came or changed is read again."""

import numpy as np
import pytest
from django.utils import timezone

from matching import datasets
from matching.recommender import everybody
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everybody, "_kept", None)


def same(one: datasets.People, other: datasets.People) -> None:
    assert one.versions == other.versions
    assert one.columns.ids.tolist() == other.columns.ids.tolist()
    assert one.columns.about == other.columns.about
    assert (one.columns.causes != other.columns.causes).nnz == 0
    assert all(np.array_equal(one.inferred[kind], other.inferred[kind]) for kind in one.inferred)


def test_who_came_went_or_changed_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    people = VolunteerFactory.create_batch(5, about="I like to plant trees")
    tags = datasets.tags()
    everybody.active(tags)

    profiles.update(volunteer=people[1], by=None, about="I like to cook")
    Volunteer.objects.filter(pk=people[3].pk).update(paused_at=timezone.now())
    VolunteerFactory(about="I read with children")
    kept = everybody.active(tags)

    same(kept, datasets.volunteers(Volunteer.objects.active(), tags))
    assert len(kept.columns) == 5
    assert everybody.active(tags) is kept


def test_everybody_is_read_again_where_many_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everybody, "_MOST_CHANGED", 1)
    tags = datasets.tags()
    everybody.active(tags)
    VolunteerFactory.create_batch(3)

    same(everybody.active(tags), datasets.volunteers(Volunteer.objects.active(), tags))
