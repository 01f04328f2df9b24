"""Days in the life of a borough: what people and groups do, by chance, through the services."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from accounts.models import User
from accounts.services import suspensions
from core.clock import today
from core.errors import DomainError
from opportunities.models import Opportunity, Organisation
from opportunities.services import more_room, organisations, roles
from placements.models import Application, HoursEntry
from placements.services import applications, catching_up, hours, timed_offers, waiting_lists
from placements.services import places as role_places
from placements.states import Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import presence, profiles

_POSTCODES = ("HA1 1BH", "HA5 3AB", "HA0 1AB", "HA3 7RT", "")
_CAUSES, _ACTIVITIES = ("health", "older-people", "environment"), ("gardening", "befriending")


class Borough:
    """A small borough with a broker, in which something happens at each call of `something`. One of
    its groups hardly ever answers.

    Each deed is done by a service, with whatever it refuses left undone, so that the rows and the
    audit trail are those of the service.
    """

    def __init__(self, seed: int, *, people: int = 25, groups: int = 6) -> None:
        self._chance = random.Random(seed)
        self._broker: User = UserFactory(broker=True)
        for __ in range(groups):
            group = MembershipFactory().organisation
            for places in (1, 3):
                role = OpportunityFactory(
                    organisation=group,
                    in_review=True,
                    places=places,
                    causes=[self._chance.choice(_CAUSES)],
                    takes_from_waiting_list=self._chance.random() < 0.3,
                )
                roles.publish(opportunity=role, by=self._broker)
        self._quiet = group.pk
        VolunteerFactory.create_batch(people)

    def something(self) -> str:
        """Let one thing happen; give its name, whether it was refused or not."""
        deed = self._chance.choice(_DEEDS)
        with suppress(DomainError):
            deed(self)
        return deed.__name__

    def _one_of(self, rows: list[int]) -> int:
        return self._chance.choice(rows) if rows else 0

    @property
    def _person(self) -> Volunteer:
        ids = list(Volunteer.objects.order_by("pk").values_list("pk", flat=True))
        return Volunteer.objects.select_related("user").get(pk=self._one_of(ids))

    @property
    def _role(self) -> Opportunity:
        ids = list(Opportunity.objects.order_by("pk").values_list("pk", flat=True))
        return Opportunity.objects.select_related("organisation").get(pk=self._one_of(ids))

    @property
    def _group(self) -> Organisation:
        ids = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
        return Organisation.objects.get(pk=self._one_of(ids))

    def _application(self, *states: str) -> Application:
        ids = Application.objects.filter(state__in=states).order_by("pk")
        if self._chance.random() < 0.9:
            ids = ids.exclude(opportunity__organisation=self._quiet)
        chosen = self._one_of(list(ids.values_list("pk", flat=True)))
        found = Application.objects.select_related(
            "volunteer__user", "opportunity__organisation"
        ).filter(pk=chosen)
        row = found.first()
        if row is None:
            raise DomainError("there is none")
        return row

    def come(self) -> None:
        VolunteerFactory()

    def use(self) -> None:
        presence.note_use(self._person)

    def move_house(self) -> None:
        self._change(postcode=self._chance.choice(_POSTCODES))

    def say_other_times(self) -> None:
        self._change(availability=self._chance.randrange(2**21))

    def say_other_tags(self) -> None:
        self._change(
            causes=self._chance.sample(_CAUSES, self._chance.randint(0, 2)),
            activities=self._chance.sample(_ACTIVITIES, self._chance.randint(0, 2)),
        )

    def start_later(self) -> None:
        self._change(can_start_from=today() + timedelta(days=self._chance.randint(1, 40)))

    def start_at_once(self) -> None:
        self._change(can_start_from=None)

    def _change(self, **fields: object) -> None:
        person = self._person
        profiles.update(volunteer=person, by=person.user, **fields)

    def welcome_starters(self) -> None:
        profiles.welcome_starters()

    def take_a_break(self) -> None:
        profiles.pause(volunteer=self._person, by=None)

    def come_back(self) -> None:
        profiles.resume(volunteer=self._person, by=None)

    def be_stopped(self) -> None:
        suspensions.suspend(user=self._person.user, reason="conduct", by=self._broker)

    def go_on_again(self) -> None:
        suspensions.reinstate(user=self._person.user, by=self._broker)

    def ask(self) -> None:
        applications.submit(volunteer=self._person, opportunity=self._role, by=None)

    def offer(self) -> None:
        applications.offer(application=self._application("submitted", "invited"), by=None)

    def accept(self) -> None:
        applications.accept(application=self._application("submitted", "invited"), by=None)

    def take_up(self) -> None:
        applications.take_up(application=self._application("offered"), by=None)

    def invite(self) -> None:
        applications.invite(application=self._application("submitted"), by=None)

    def decline(self) -> None:
        row = self._application("submitted", "invited", "offered")
        applications.decline(application=row, reason="no_place", by=None)

    def withdraw(self) -> None:
        row = self._application("submitted", "offered", "accepted")
        applications.withdraw(application=row, by=None)

    def start(self) -> None:
        applications.start(application=self._application("accepted"), by=None)

    def end(self) -> None:
        applications.end(
            application=self._application("accepted", "started"),
            reason="no_time",
            side=Mover.VOLUNTEER,
            by=None,
            looks_again=self._chance.random() < 0.6,
        )

    def give_hours(self) -> None:
        row = self._application("accepted", "started")
        day = max(hours.first_day(row), today() - timedelta(days=self._chance.randint(0, 9)))
        hours.log(application=row, day=day, minutes=60, by=row.volunteer.user)

    def confirm_hours(self) -> None:
        ticks = {
            one.pk: hours.Tick(one.minutes, self._chance.choice((one.minutes, 90)))
            for one in HoursEntry.objects.open()
        }
        for group in Organisation.objects.all():
            hours.confirm(organisation=group, ticks=ticks, by=None)

    def wait_in_line(self) -> None:
        waiting_lists.join_role(volunteer=self._person, opportunity=self._role, by=None)

    def offer_to_lists(self) -> None:
        for role in Opportunity.objects.select_related("organisation"):
            entry = role.waiting_list_entries.filter(state="waiting").order_by("pk").first()
            if entry is not None:
                timed_offers.make(entry=entry, opportunity=role)

    def let_offers_end(self) -> None:
        timed_offers.end_unanswered()

    def change_places(self) -> None:
        role = self._role
        roles.update(opportunity=role, by=None, places=self._chance.randint(1, 6))

    def take_turns(self) -> None:
        more_room.take_turns(opportunity=self._role, turns=2, words="Every other week.", by=None)

    def change_role(self) -> None:
        at_home = self._chance.random() < 0.4
        roles.update(
            opportunity=self._role,
            by=None,
            from_home=at_home,
            postcode="" if at_home else self._chance.choice(_POSTCODES[:-1]),
            commitment=self._chance.choice(Opportunity.Commitment.values),
            weekly_slots=self._chance.randrange(2**21),
            causes=[self._chance.choice(_CAUSES)],
            activities=self._chance.sample(_ACTIVITIES, self._chance.randint(0, 2)),
        )

    def say_last_day(self) -> None:
        days = self._chance.choice((None, 3, 20, 60))
        roles.update(
            opportunity=self._role,
            by=None,
            closes_on=None if days is None else today() + timedelta(days=days),
        )

    def close_past(self) -> None:
        roles.close_past()

    def close(self) -> None:
        roles.close(opportunity=self._role, by=None, because="found")

    def hold_back(self) -> None:
        roles.hold_back(opportunity=self._role, words=None, by=self._broker)

    def publish_again(self) -> None:
        role = self._role
        if role.status == Opportunity.Status.CLOSED:
            roles.reopen(opportunity=role, by=None)
        roles.publish(opportunity=role, by=self._broker)

    def catch_up(self) -> None:
        catching_up.follow_all()

    def go_on(self) -> None:
        catching_up.go_on(opportunity=self._role, by=None)

    def count_anew(self) -> None:
        role_places.reconcile()

    def change_group(self) -> None:
        organisations.update(
            organisation=self._group,
            by=self._broker,
            size=self._chance.choice(Organisation.Size.values),
            network=self._chance.choice(Organisation.Network.values),
            legal_form=self._chance.choice(("faith", "public", "unincorporated")),
            postcode=self._chance.choice(_POSTCODES),
            causes=[self._chance.choice(_CAUSES)],
        )

    def stop_group(self) -> None:
        organisations.suspend(organisation=self._group, by=self._broker)

    def let_group_go_on(self) -> None:
        organisations.reinstate(organisation=self._group, by=self._broker)

    def wait_for_answers(self) -> None:
        """Some ask the group that hardly ever answers."""
        role = Opportunity.objects.open().filter(organisation=self._quiet).first()
        for __ in range(catching_up.MOST_LATE if role else 0):
            applications.submit(volunteer=self._person, opportunity=role, by=None)


#: What can happen; what happens often in life stands here more than once.
_DEEDS: list[Callable[[Borough], None]] = [
    deed
    for name, deed in vars(Borough).items()
    if callable(deed) and name[0] != "_" and name != Borough.something.__name__
]
_DEEDS += [Borough.ask, Borough.accept, Borough.use, Borough.wait_for_answers] * 3
_DEEDS += [Borough.catch_up, Borough.go_on] * 2
_DEEDS += [Borough.publish_again, Borough.let_group_go_on, Borough.go_on_again] * 4
