"""What a row refuses is said in plain words."""

import pytest
from django.utils import translation

from core.errors import InvalidInput
from core.input import check
from opportunities.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en-gb", "Use 160 characters or fewer."), ("gu", "160 અક્ષર અથવા તેથી ઓછા વાપરો.")],
)
def test_a_row_says_field_by_field_in_our_words_what_is_wrong(language: str, sentence: str) -> None:
    with translation.override(language), pytest.raises(InvalidInput) as refused:
        check(Organisation(name="x" * 161), exclude={"slug"})
    assert refused.value.fields["name"] == [sentence]
