"""Three states of the service in which every page is looked at: used, with the longest words that
its boxes take, and empty."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from accounts.models import User
from core.models.words import WordsField
from tests.architecture.subjects import subjects
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.cast import assemble

#: Long words of three scripts, and one that nothing breaks.
LONG = "Donaudampfschifffahrtsgesellschaft தன்னார்வத்தொண்டுநிறுவனங்களுக்காக સ્વયંસેવકોનાસમૂહમાટે المتطوعون "
_OURS = ("accounts", "notifications", "volunteers", "opportunities", "placements", "matching")
#: Texts that are addresses, codes or keys, and cannot be any words.
_NOT_WORDS = (
    *("code", "email", "fingerprint", "identifier", "key", "kind", "link", "password", "phone"),
    *("postcode", "token", "version", "website", "policy", "term", "reference"),
)


@dataclass(frozen=True)
class World:
    """Who looks (by the names of `cast.ROLES`), and what the words in addresses stand for."""

    users: dict[str, User | None]
    known: dict[str, object]


def used() -> World:
    """Everybody and everything, as in the test of who may do what."""
    cast = assemble()
    return World(cast.users, subjects(cast))


def long_words() -> World:
    """The same, and each text that people write is as long as it may be."""
    world = used()
    for model in apps.get_models():
        if model._meta.app_label in _OURS:
            _stretch(model)
    for user in world.users.values():
        if user is not None:
            user.refresh_from_db()
    return world


def empty() -> World:
    """People who have just come, and a group that has just registered: nothing else."""
    membership = MembershipFactory(organisation__unverified=True)
    return World(
        {
            "anonymous": None,
            "volunteer": VolunteerFactory().user,
            "member": membership.user,
            "broker": UserFactory(broker=True),
            "delivery_group": UserFactory(delivery_group=True),
        },
        {"group_id": membership.organisation_id},
    )


WORLDS: dict[str, Callable[[], World]] = {"used": used, "long": long_words, "empty": empty}


def _stretch(model: type[models.Model]) -> None:
    lengths = {
        field.name: field.max_length or 0 for field in model._meta.get_fields() if _is_words(field)
    }
    if lengths:
        words = {name: (LONG * 99)[: min(length, 1500)].strip() for name, length in lengths.items()}
        models.QuerySet(model).update(**words)


def _is_words(field: object) -> bool:
    if isinstance(field, WordsField):
        return True
    return (
        isinstance(field, models.CharField)
        and not field.choices
        and not field.unique
        and (field.max_length or 0) >= 80
        and not any(part in field.name for part in _NOT_WORDS)
    )
