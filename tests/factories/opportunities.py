"""Groups and their roles."""

from datetime import timedelta
from typing import Any

from factory.declarations import (
    LazyAttribute,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
)
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from core import clock
from core import input as received
from core.models import Activity, Cause, Language, Skill
from opportunities.models import (
    Membership,
    Opportunity,
    Organisation,
    RoleSkill,
    SavedSearch,
    Session,
)
from tests.factories.accounts import UserFactory
from tests.factories.core import chosen


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A verified group; `unverified=True` for one that waits for the volunteer centre."""

    class Meta:
        model = Organisation

    class Params:
        unverified = Trait(verified_at=None)
        suspended = Trait(suspended_at=LazyFunction(clock.now))

    name = Sequence("Example Group {}".format)
    legal_form = Organisation.LegalForm.UNINCORPORATED
    description = "We help people in Harrow."
    contact_email = Sequence("group{}@example.org".format)
    postcode = "HA1 1AA"
    verified_at = LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **kwargs: Any) -> Organisation:
        group = model_class(**kwargs)
        received.locate(group)
        group.save()
        return group


class MembershipFactory(DjangoModelFactory[Membership]):
    """Somebody who acts for a group as one of its owners."""

    class Meta:
        model = Membership

    organisation = SubFactory(OrganisationFactory)
    user = SubFactory(UserFactory)
    role = Membership.Role.OWNER


class OpportunityFactory(DjangoModelFactory[Opportunity]):
    """An open role with two places in the middle of Harrow, at any time, for people of 16 and over.

    `causes`, `activities`, `languages`, `skills_needed`, `skills_useful` and `skills_gained` are
    lists of codes.
    """

    class Meta:
        model = Opportunity
        skip_postgeneration_save = True

    class Params:
        draft = Trait(status=Opportunity.Status.DRAFT, published_at=None)
        in_review = Trait(status=Opportunity.Status.IN_REVIEW, published_at=None)
        closed = Trait(status=Opportunity.Status.CLOSED)
        full = Trait(status=Opportunity.Status.FULL, places_taken=SelfAttribute("places"))
        at_home = Trait(from_home=True, postcode="", place_name="")

    organisation = SubFactory(OrganisationFactory)
    title = Sequence("Helper for example role {}".format)
    summary = "Lend a hand."
    description = "Lend a hand with what has to be done, together with other people."
    postcode = "HA1 1AA"
    places = 2
    status = Opportunity.Status.OPEN
    published_at = LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Opportunity], *args: Any, **kwargs: Any) -> Opportunity:
        role = model_class(**kwargs)
        received.locate(role)
        role.save()
        return role

    @post_generation
    def causes(self: Opportunity, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.causes.set(chosen(Cause, *codes or ()))

    @post_generation
    def activities(self: Opportunity, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.activities.set(chosen(Activity, *codes or ()))

    @post_generation
    def languages(self: Opportunity, create: bool, codes: list[str] | None, **_: Any) -> None:
        self.languages.set(chosen(Language, *codes or ()))

    @post_generation
    def skills_needed(self: Opportunity, create: bool, codes: list[str] | None, **_: Any) -> None:
        _give_skills(self, RoleSkill.Need.NEEDED, codes or ())

    @post_generation
    def skills_useful(self: Opportunity, create: bool, codes: list[str] | None, **_: Any) -> None:
        _give_skills(self, RoleSkill.Need.USEFUL, codes or ())

    @post_generation
    def skills_gained(self: Opportunity, create: bool, codes: list[str] | None, **_: Any) -> None:
        _give_skills(self, RoleSkill.Need.GAINED, codes or ())


class SessionFactory(DjangoModelFactory[Session]):
    """A session of two hours tomorrow morning (UTC)."""

    class Meta:
        model = Session

    opportunity = SubFactory(OpportunityFactory)
    starts_at = LazyFunction(lambda: (clock.now() + timedelta(days=1)).replace(hour=10, minute=0))
    ends_at = LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))


def _give_skills(
    role: Opportunity, need: RoleSkill.Need, codes: list[str] | tuple[str, ...]
) -> None:
    RoleSkill.objects.bulk_create(
        RoleSkill(opportunity=role, skill_id=skill.pk, need=need) for skill in chosen(Skill, *codes)
    )


class SavedSearchFactory(DjangoModelFactory[SavedSearch]):
    """A search for anything, saved an hour ago, whose person hears of new roles once a day."""

    class Meta:
        model = SavedSearch

    user = SubFactory(UserFactory)
    name = Sequence("Example search {}".format)
    since = LazyFunction(lambda: clock.now() - timedelta(hours=1))
