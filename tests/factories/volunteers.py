"""People who want to volunteer."""

from typing import Any

from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from core import clock
from core import input as received
from core.models import Activity, Cause, Language, Skill
from tests.factories.accounts import UserFactory
from tests.factories.core import chosen
from volunteers.models import Volunteer


class VolunteerFactory(DjangoModelFactory[Volunteer]):
    """An adult near the middle of Harrow who waits for a role and is free at any time.

    `causes`, `activities`, `skills` and `languages` are lists of codes. Coordinates and ward follow
    from `postcode`, as in the service.
    """

    class Meta:
        model = Volunteer
        skip_postgeneration_save = True

    user = SubFactory(UserFactory)
    date_of_birth = LazyFunction(lambda: clock.today().replace(day=1, year=1985))
    postcode = "HA1 1BH"
    waiting_since = LazyFunction(clock.now)
    last_used_at = LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Volunteer], *args: Any, **kwargs: Any) -> Volunteer:
        volunteer = model_class(**kwargs)
        place = received.locate(volunteer)
        volunteer.location_precision = place.precision if place else ""
        volunteer.save()
        return volunteer

    @post_generation
    def causes(self: Volunteer, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.causes.set(chosen(Cause, *codes or ()))

    @post_generation
    def activities(self: Volunteer, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.activities.set(chosen(Activity, *codes or ()))

    @post_generation
    def skills(self: Volunteer, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.skills.set(chosen(Skill, *codes or ()))

    @post_generation
    def languages(self: Volunteer, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.languages.set(chosen(Language, *codes or ()))
