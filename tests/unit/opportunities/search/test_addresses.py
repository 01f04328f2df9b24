"""A search that a program keeps is the one that the page shows."""

import pytest
from django.http import QueryDict

from core.places import postcodes
from opportunities.search.addresses import PageSearch
from web.forms.search import SearchForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"text": "food & drink", "exact": True},
        {"cause": "health", "activity": "gardening", "commitment": "one_off"},
        {"from_home": True},
        {"from_home": False, "days": ["sat", "sun"]},
        {"days": ["mon"], "parts": ["morning", "evening"], "age": 17},
        {"parts": ["evening"], "access": ["step_free", "toilet"]},
        {"near": "HA1 1AA", "within_miles": 3, "with_full": True, "with_closed": True},
    ],
    ids=str,
)
def test_the_page_reads_its_address_as_the_same_search(said):
    near = postcodes.locate(said["near"]) if "near" in said else None
    wanted = PageSearch(**said | {"near": near})

    form = SearchForm(QueryDict(wanted.address()))

    assert form.is_valid(), form.errors
    assert form.criteria() == wanted.criteria()
