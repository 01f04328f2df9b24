import pytest

from desk import people
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    ["asha", "PATEL asha", "07700900321", "900 321", "asha@example", "HA5 3AB", "ha5", "pinner"],
)
def test_a_person_is_found_by_what_a_caller_says(words):
    asha = VolunteerFactory(
        user__first_name="Asha",
        user__last_name="Patel",
        user__phone="07700 900321",
        user__email="asha@example.org",
        postcode="HA5 3AB",
        ward_code="E05013555",
    ).user
    UserFactory(first_name="Other", phone="07700 900999")
    VolunteerFactory(postcode="HA1 1BH")

    assert list(people.found(words)) == [asha]


def test_without_words_everybody_is_there():
    UserFactory.create_batch(2)

    assert people.found(" ").count() == 2
