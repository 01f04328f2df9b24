import pytest

from accounts.models import AuditEntry
from accounts.services import people
from core.errors import InvalidInput
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_update_changes_name_and_phone_and_audits_which():
    person = UserFactory(first_name="Demo", last_name="Person", phone="")

    people.update(user=person, by=person, first_name=" Other ", last_name="Person", phone="123")

    person.refresh_from_db()
    assert (person.first_name, person.phone) == ("Other", "123")
    (entry,) = AuditEntry.objects.about(person)
    assert entry.details == {"fields": ["first_name", "phone"]}


def test_update_without_a_first_name_changes_nothing():
    person = UserFactory(first_name="Demo", phone="1")

    with pytest.raises(InvalidInput) as refused:
        people.update(user=person, by=person, first_name=" ", phone="2")

    assert list(refused.value.fields) == ["first_name"]
    person.refresh_from_db()
    assert (person.first_name, person.phone) == ("Demo", "1")


@pytest.mark.parametrize("field", ["email", "staff_role", "is_superuser", "password"])
def test_update_takes_no_field_that_gives_power(field):
    person = UserFactory()

    with pytest.raises(TypeError):
        people.update(user=person, by=person, **{field: "broker"})
