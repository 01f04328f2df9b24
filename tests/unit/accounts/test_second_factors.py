import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts import checks, secrets
from accounts.models import AuditEntry
from accounts.services import second_factors
from core.errors import Conflict, NotAllowed
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_nobody_takes_away_their_own_and_no_volunteer_anybodys():
    admin = UserFactory(broker=True, is_superuser=True)
    person = UserFactory(app=True)
    for user, by in ((admin, admin), (person, UserFactory()), (person, person)):
        with pytest.raises(NotAllowed):
            second_factors.reset(user=user, by=by, known_by="met")
    assert Authenticator.objects.filter(type="totp").count() == 2


def test_there_has_to_be_one():
    with pytest.raises(Conflict):
        second_factors.reset(user=UserFactory(), by=UserFactory(broker=True), known_by="met")
    assert not AuditEntry.objects.exists()


def test_whoever_runs_the_machine_lets_the_last_administrator_back_in(capsys):
    admin = UserFactory(broker=True, is_superuser=True)

    call_command("reset_second_factor", admin.email.upper(), "--known-by", "met")

    assert not Authenticator.objects.exists()
    entry = AuditEntry.objects.get(action="second_factor.reset")
    assert (entry.actor, entry.subject_id) == (None, admin.pk)
    for email in (admin.email, "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", email, "--known-by", "met")


def test_sealed_secrets_open_with_the_key_of_then_and_with_no_other(settings):
    sealed = secrets.encrypt("SECRET")
    assert "SECRET" not in sealed
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key, long enough for this"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert secrets.decrypt(sealed) == "SECRET"

    settings.SECRET_KEY_FALLBACKS = []

    first, second = secrets.decrypt(sealed), secrets.decrypt(sealed)
    assert "SECRET" != first != second
    assert len(first) == 32


def test_deployment_complains_where_staff_need_none(settings):
    assert checks.staff_give_a_code() == []
    settings.SECOND_FACTOR_FOR_STAFF = False
    (warning,) = checks.staff_give_a_code()
    assert warning.id == "accounts.W001"
