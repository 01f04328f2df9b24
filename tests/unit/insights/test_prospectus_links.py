"""A prospectus's link opens it to whoever has it, cannot be found by trying, and ends."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core.clock import now
from insights import prospectus_links as links
from insights.models import Prospectus
from opportunities.models import Organisation
from tests.factories.insights import ProspectusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def prospectus() -> Prospectus:
    return ProspectusFactory()


def test_it_opens_the_one_that_it_was_made_for(prospectus: Prospectus) -> None:
    token = links.token_of(prospectus)
    assert re.fullmatch(rf"{prospectus.pk}(-[a-z2-7]{{4}}){{3}}", token)
    assert links.prospectus_with(token) == prospectus
    assert links.prospectus_with(token.upper()) == prospectus, "as somebody may type it"
    assert links.prospectus_with(f"{prospectus.pk}-{token.partition('-')[2].replace('-', '')}")


def test_no_other_opens_anything(prospectus: Prospectus) -> None:
    other = ProspectusFactory()
    letters = links.token_of(prospectus).partition("-")[2]
    swapped = letters[:-1] + ("a" if letters[-1] != "a" else "b")
    for made_up in (
        f"{other.pk}-{letters}",
        f"{prospectus.pk}-{swapped}",
        f"{prospectus.pk}-{letters[:-1]}",
        *(f"{prospectus.pk}-", str(prospectus.pk), "", "-", f"{'9' * 40}-{letters}", "1-ä", "x-y"),
    ):
        assert links.prospectus_with(made_up) is None, made_up


def test_it_still_opens_after_the_secret_key_was_changed_for_a_new_one(
    prospectus: Prospectus, settings: Any
) -> None:
    token, old = links.token_of(prospectus), settings.SECRET_KEY
    settings.SECRET_KEY = "a new one, which is long enough for what it is for"
    assert links.prospectus_with(token) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert links.prospectus_with(token) == prospectus
    assert links.token_of(prospectus) != token


def test_it_ends_with_its_time_or_when_its_group_is_stopped(prospectus: Prospectus) -> None:
    with time_machine.travel(now() + links.LASTS - timedelta(minutes=1)):
        assert not links.has_ended(prospectus)
    with time_machine.travel(now() + links.LASTS + timedelta(minutes=1)):
        assert links.has_ended(prospectus)
    Organisation.objects.update(suspended_at=now())
    found = links.prospectus_with(links.token_of(prospectus))
    assert found is not None
    assert links.has_ended(found)
