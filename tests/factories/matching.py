"""A made-up borough in bulk, and stored rankings."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import models
from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from core.clock import now
from core.dbs import DbsLevel
from core.models import Activity, Cause, Language, Skill
from core.models.taxonomy import TaxonomyItem
from core.places import postcodes
from core.places.wards import WARDS
from core.week import ALL_SLOTS
from matching.models import RankingRun, Recommendation
from matching.recommender.items import PersonalList
from opportunities.models import Opportunity, Organisation, RoleSkill, Session
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

_WORDS = [
    "gardening",
    "reading",
    "children",
    "phonics",
    "older",
    "people",
    "listening",
    "cooking",
    "food",
    "bank",
    "walking",
    "dogs",
    "football",
    "coaching",
    "music",
    "choir",
    "sewing",
    "repair",
    "computers",
    "websites",
    "accounts",
    "driving",
    "hospital",
    "homework",
    "maths",
    "English",
    "conversation",
    "museum",
    "history",
    "trees",
    "parks",
    "litter",
    "canal",
    "befriending",
    "phone",
    "shop",
    "tills",
    "sorting",
    "clothes",
    "festival",
    "stewarding",
    "refugees",
    "welcome",
    "advice",
    "forms",
    "cricket",
]


class RecommendationFactory(DjangoModelFactory[Recommendation]):
    """A list, computed now; `items`: what is on it, nothing unless said."""

    class Meta:
        model = Recommendation

    volunteer = SubFactory(VolunteerFactory)
    policy = "similarity"
    model_version = "test"
    computed_at = LazyFunction(now)

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> Any:
        of = PersonalList.of(kwargs.pop("items", []))
        return {
            "role_ids": of.held,
            "scores": of.scores.tobytes(),
            "why": of.why.pack(),
            **kwargs,
        }


class RankingRunFactory(DjangoModelFactory[RankingRun]):
    """A ranking that was asked for and has not begun."""

    class Meta:
        model = RankingRun


@dataclass(frozen=True)
class Borough:
    """What `borough` made, in the order of ids."""

    people: list[Volunteer]
    roles: list[Opportunity]


def borough(*, people: int, roles: int, seed: int = 1) -> Borough:
    """Make people and open roles that differ in everything the ranking looks at, in bulk."""
    rng = random.Random(seed)
    places = [rng.choice(postcodes.in_ward(ward.code)) for ward in WARDS for _ in range(4)]
    made = Borough(_people(people, places, rng), _roles(roles, places, rng))
    for name, kind, most in (
        ("causes", Cause, 4),
        ("activities", Activity, 4),
        ("skills", Skill, 5),
        ("languages", Language, 2),
    ):
        _choose(made.people, Volunteer, name, kind, most, rng)
        if name != "skills":
            _choose(made.roles, Opportunity, name, kind, 1 if name == "languages" else 3, rng)
    _choose_skills(made.roles, rng)
    _sessions(made.roles, rng)
    return made


def words(rng: random.Random, most: int) -> str:
    """Up to `most` words that mean nothing together."""
    return " ".join(rng.choices(_WORDS, k=rng.randint(0, most)))


def _people(
    count: int, places: Sequence[postcodes.Location], rng: random.Random
) -> list[Volunteer]:
    users = User.objects.bulk_create(
        User(
            email=f"demo{number}-{rng.getrandbits(32)}@example.org",
            first_name=f"Demo{number:05}",
            password="!",
        )
        for number in range(count)
    )
    one_of = partial(rng.choices, k=1)
    return Volunteer.objects.bulk_create(
        [
            Volunteer(
                user=user,
                date_of_birth=rng.choice([None, _born(rng)]),
                parent_confirmed_at=rng.choice([None, now()]),
                travel_miles=rng.choice([1, 2, 3, 5, 10, None]),
                travel_mode=rng.choice(Volunteer.TravelMode.values),
                helps_in_person=rng.random() < 0.9,
                helps_from_home=rng.random() < 0.5,
                open_to_one_off=rng.random() < 0.7,
                open_to_regular=rng.random() < 0.8,
                wants_company=rng.random() < 0.1,
                hours_a_week=rng.choice([None, 1, 2, 4, 8]),
                availability=rng.choice([0, rng.randint(1, ALL_SLOTS)]),
                about=words(rng, 30),
                experience=words(rng, 20),
                dbs_level=one_of(DbsLevel.values, weights=[8, 1, 1, 1, 1])[0],
                willing_dbs=rng.random() < 0.8,
                waiting_since=rng.choice([None, now() - timedelta(days=rng.randint(0, 300))]),
                **_located(rng.choice(places), rng.random() < 0.95),
            )
            for user in users
        ],
        batch_size=500,
    )


def _roles(
    count: int, places: Sequence[postcodes.Location], rng: random.Random
) -> list[Opportunity]:
    groups = Organisation.objects.bulk_create(
        Organisation(
            name=f"Example Group {number}",
            legal_form=Organisation.LegalForm.CHARITY,
            description="Example.",
            verified_at=now(),
        )
        for number in range(max(1, count // 2))
    )
    return Opportunity.objects.bulk_create(
        [
            Opportunity(
                organisation=rng.choice(groups),
                title=f"Example role {number}: {words(rng, 5)}"[:120],
                summary=words(rng, 12),
                description="Come and help. " + words(rng, 60),
                gains=words(rng, 8),
                from_home=at_home,
                weekly_slots=rng.choice([0, rng.randint(1, ALL_SLOTS)]),
                commitment=rng.choice(Opportunity.Commitment.values),
                hours_a_week=rng.choice([None, 1, 2, 4, 8]),
                places=number % 8 + 1,
                places_taken=rng.randint(0, number % 8),
                applications_pending=rng.randint(0, 12),
                minimum_age=rng.choice([13, 16, 18, 21]),
                maximum_age=rng.choice([None, None, None, 25]),
                dbs_level=rng.choice(["none", "none", "none", "basic", "enhanced"]),
                welcomes_company=rng.random() < 0.3,
                status=Opportunity.Status.OPEN,
                published_at=now(),
                **_located(rng.choice(places), not at_home),
            )
            for number, at_home in enumerate(rng.choices([True, False], [15, 85], k=count))
        ],
        batch_size=500,
    )


def _born(rng: random.Random) -> date:
    return date(rng.randint(1940, 2012), rng.randint(1, 12), rng.randint(1, 28))


def _located(place: postcodes.Location, known: bool) -> dict[str, Any]:
    if not known:
        return {}
    return {
        "postcode": place.postcode,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "ward_code": place.ward_code,
    }


def _choose(
    owners: Sequence[models.Model],
    model: type[Volunteer | Opportunity],
    name: str,
    kind: type[TaxonomyItem],
    most: int,
    rng: random.Random,
) -> None:
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through
    ids = list(kind._default_manager.values_list("pk", flat=True))
    owner, item = field.m2m_column_name(), field.m2m_reverse_name()
    through._default_manager.bulk_create(
        [
            through(**{owner: row.pk, item: chosen})
            for row in owners
            for chosen in rng.sample(ids, rng.choice([0, 0, rng.randint(0, most)]))
        ],
        batch_size=2000,
    )


def _choose_skills(roles: Sequence[Opportunity], rng: random.Random) -> None:
    ids = list(Skill.objects.values_list("pk", flat=True))
    RoleSkill.objects.bulk_create(
        [
            RoleSkill(opportunity=role, skill_id=skill, need=rng.choice(RoleSkill.Need.values))
            for role in roles
            for skill in rng.sample(ids, rng.randint(0, 3))
        ],
        batch_size=2000,
    )


def _sessions(roles: Sequence[Opportunity], rng: random.Random) -> None:
    Session.objects.bulk_create(
        [
            Session(
                opportunity=role,
                starts_at=(starts := now() + timedelta(hours=24 * day + rng.randint(0, 12))),
                ends_at=starts + timedelta(hours=2),
            )
            for role in roles
            if rng.random() < 0.2
            for day in rng.sample(range(-20, 20), 3)
        ],
        batch_size=2000,
    )
