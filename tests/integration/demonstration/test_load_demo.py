"""Loading the demonstration borough, small, with everything in it."""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db.models import F, Q, QuerySet
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import AuditEntry, User
from core.clock import LONDON
from core.models import Fact
from core.places.wards import WARDS
from demonstration import centre
from demonstration.borough import Loaded, load
from demonstration.logins import LOGINS, PASSWORD, STAFF_LOGINS, VOLUNTEER_LOGINS
from demonstration.models import Loading
from demonstration.plan import Plan
from demonstration.written import Written
from matching.models import RankingRun, Suggestion
from notifications.models import Notification
from opportunities.models import (
    Opportunity,
    Organisation,
    Session,
)
from placements import states
from placements.models import Application, Message
from placements.services.places import reconcile
from tests.factories.opportunities import OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.demonstration.small import (
    DAY,
    MODELS,
    SIZES,
    TIMES,
    load_small,
    plan,
    quietly,
)
from tests.kept import kept
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    sizes = [f"--{what}={size}" for what, size in SIZES.items()]
    said = io.StringIO()
    call_command("load_demo", *sizes, f"--today={DAY}", *arguments, stdout=said)
    return said.getvalue()


def checksum() -> str:
    """What a reader could see of the borough, whatever ids and salts the database gave."""
    seen = [
        sorted(
            Volunteer.objects.values_list(
                *("user__email", "user__last_name", "date_of_birth", "postcode", "availability"),
                *("about", "experience", "created_at", "waiting_since", "last_used_at"),
            ),
            key=str,
        ),
        sorted(
            Volunteer.objects.values_list(
                "user__last_name", "causes__code", "activities__code", "skills__code"
            ),
            key=str,
        ),
        sorted(
            Organisation.objects.values_list(
                "name", "identifier", "postcode", "verified_at", "memberships__user__email"
            ),
            key=str,
        ),
        sorted(
            Opportunity.objects.values_list(
                *(
                    "title",
                    "organisation__name",
                    "places",
                    "places_taken",
                    "status",
                    "weekly_slots",
                ),
                *("published_at", "sessions__starts_at", "applications_pending"),
            ),
            key=str,
        ),
        sorted(
            Application.objects.values_list(
                *("volunteer__user__last_name", "opportunity__title", "state", "state_since"),
                *("created_at", "message", "reason", "words"),
            ),
            key=str,
        ),
        sorted(AuditEntry.objects.exclude(action="ranking.requested").values_list("at", "action")),
    ]
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()


def counts() -> list[int]:
    return [model._default_manager.count() for model in MODELS]


@pytest.mark.slow
def test_the_same_seed_and_day_make_the_same_borough() -> None:
    load_small()
    first = checksum()
    load_small(replace=True)
    assert checksum() == first
    load_small(seed=2, replace=True)
    assert checksum() != first


def test_sizes_are_as_asked_and_the_command_prints_what_came_of_it() -> None:
    said = command()
    assert Volunteer.objects.count() == SIZES["volunteers"]
    assert Organisation.objects.count() == SIZES["organisations"]
    assert Opportunity.objects.count() == SIZES["opportunities"]
    assert "240 volunteers, 40 groups, 60 roles" in said
    assert "people for each place" in said
    assert PASSWORD in said


@pytest.fixture(scope="class")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    with kept(django_db_blocker, load_small) as borough:
        yield borough


@pytest.mark.usefixtures("loaded")
class TestWhatIsLoaded:
    """One borough for all of them: they only read it."""

    def test_counts_on_roles_are_true(self) -> None:
        assert Opportunity.objects.filter(places_taken__gt=0).exists()
        assert Opportunity.objects.filter(applications_pending__gt=0).exists()
        assert reconcile() == 0

    def test_who_holds_a_place_waits_no_longer_and_everybody_else_does(self) -> None:
        placed = Volunteer.objects.filter(applications__state__in=["accepted", "started"])
        assert placed.exists()
        assert (
            not placed.filter(waiting_since__isnull=False)
            .exclude(applications__state__in=["withdrawn", "ended"])
            .exists()
        )
        never = Volunteer.objects.filter(applications=None)
        assert not never.filter(waiting_since=None).exists()

    def test_there_are_about_two_seekers_for_each_place_left(self, loaded: Loaded) -> None:
        places = sum(role.places_left for role in Opportunity.objects.open())
        seekers = Volunteer.objects.waiting().count()
        assert loaded.seekers_for_each_place() == pytest.approx(seekers / places)
        assert 1.5 < seekers / places < 2.6

    def test_every_state_is_there_and_has_its_history(self) -> None:
        found = set(Application.objects.values_list("state", flat=True))
        assert found >= {state.value for state in states.State} - {"offered", "invited"}
        by_subject: dict[int, list[AuditEntry]] = {}
        moves = AuditEntry.objects.filter(subject_type="application", details__has_key="to")
        for entry in moves.order_by("pk"):
            by_subject.setdefault(entry.subject_id, []).append(entry)
        for application in Application.objects.all():
            history = by_subject[application.pk]
            assert history[0].at == application.created_at
            assert history[-1].at == application.state_since
            assert history[-1].details["to"] == application.state
            assert [e.at for e in history] == sorted(e.at for e in history)

    def test_declined_applications_have_reasons_and_some_have_words(self) -> None:
        declined = Application.objects.filter(state="declined")
        assert declined.exists()
        assert not declined.filter(reason="").exists()
        assert declined.exclude(words="").exists()

    def test_everything_happened_before_the_day_and_after_it_could(self) -> None:
        end = datetime(DAY.year, DAY.month, DAY.day, tzinfo=LONDON)
        for model, columns in TIMES.items():
            for column in columns:
                late = model.objects.filter(**{f"{column}__gt": end})
                assert not late.exists(), (model, column)
        assert (
            not AuditEntry.objects.filter(at__gte=end)
            .exclude(Q(action="ranking.requested"))
            .exists()
        )
        assert not Application.objects.filter(
            created_at__lt=F("opportunity__published_at")
        ).exists()
        assert not Application.objects.filter(created_at__lt=F("volunteer__created_at")).exists()
        assert not Opportunity.objects.filter(
            published_at__lt=F("organisation__verified_at")
        ).exists()
        oldest = Application.objects.order_by("created_at").values_list("created_at", flat=True)[0]
        assert timedelta(days=300) < end - oldest < timedelta(days=427)

    def test_groups_have_an_answering_record_where_there_is_enough_to_say(self) -> None:
        for group in Organisation.objects.all():
            sent = Application.objects.filter(opportunity__organisation=group).count()
            if sent < 5:
                assert group.answered_share is None
                assert group.median_answer_days is None
        assert Organisation.objects.filter(answered_share__gte=0.8).exists()
        assert Organisation.objects.filter(answered_share__lte=0.5).exists()

    def test_people_are_visibly_made_up_and_of_every_kind(self) -> None:
        for person in User.objects.all():
            assert person.first_name.split()[0] in {"Volunteer", "Member", "Broker", "Delivery"}
            assert person.email is None or person.email.endswith("@example.org")
        assert User.objects.filter(email=None, volunteer__isnull=False).exists()
        wards = set(Volunteer.objects.values_list("ward_code", flat=True))
        assert wards >= {ward.code for ward in WARDS}
        ages = [DAY.year - born.year for born in dates_of_birth()]
        assert min(ages) < 16
        assert max(ages) > 80
        lengths = [len(text.split()) for text in Volunteer.objects.values_list("about", flat=True)]
        assert 0 in lengths
        assert max(lengths) > 150

    def test_one_ranking_is_asked_for_and_only_login_people_are_told_anything(self) -> None:
        kinds = Fact.objects.exclude(kind="notification.created").values_list("kind", flat=True)
        assert list(kinds) == ["ranking.requested"]
        assert RankingRun.objects.count() == 1
        told = Notification.objects.exclude(recipient__email=None)
        emails = set(told.values_list("recipient__email", flat=True))
        assert emails
        assert emails <= {login.email for login in LOGINS}
        assert told.count() <= 12
        assert Notification.objects.count() <= 40

    def test_the_logins_can_sign_in_and_nobody_else(self) -> None:
        emails = {login.email for login in LOGINS}
        for login in LOGINS:
            user = User.objects.get(email=login.email)
            assert user.check_password(PASSWORD), login.email
            assert user.get_full_name() == login.name
            address = EmailAddress.objects.get(user=user)
            assert (address.email, address.verified, address.primary) == (login.email, True, True)
        for user in User.objects.exclude(email__in=emails):
            assert not user.has_usable_password()

    def test_the_logins_are_what_their_line_says(self) -> None:
        people = {
            login.code: Volunteer.objects.get(user__email=login.email) for login in VOLUNTEER_LOGINS
        }
        assert "gardening" in {a.code for a in people["outdoors"].activities.all()}
        assert "reading-with-children" in {a.code for a in people["reading"].activities.all()}
        assert len(people["short"].about.split()) == 3
        assert people["young"].parent_confirmed_at is not None
        born = people["young"].date_of_birth
        assert born is not None
        assert (DAY - born).days // 365.25 == 15
        assert all(person.waiting_since for person in people.values())
        group = Organisation.objects.get(memberships__user__email="group@example.org")
        assert group.is_verified
        waiting = Application.objects.pending().filter(opportunity__organisation=group)
        assert waiting.count() >= 4
        new = Organisation.objects.get(memberships__user__email="new-group@example.org")
        assert not new.is_verified
        assert new.opportunities.exists()
        roles = {User.objects.get(email=login.email).staff_role for login in STAFF_LOGINS}
        assert roles == {"broker", "delivery"}


def test_roles_are_in_every_status_and_sessions_are_to_come() -> None:
    load_small(seed=3)
    assert set(Opportunity.objects.values_list("status", flat=True)) == set(
        Opportunity.Status.values
    )
    open_sessions = Session.objects.filter(opportunity__status="open")
    ahead = open_sessions.filter(starts_at__date__gt=DAY).values("opportunity")
    assert ahead.exists()
    assert not open_sessions.exclude(opportunity__in=ahead).exists()
    assert not Opportunity.objects.public().filter(organisation__verified_at=None).exists()
    assert Organisation.objects.to_verify().exists()
    assert Opportunity.objects.filter(from_home=True, status="open").exists()


def dates_of_birth() -> list[date]:
    known = Volunteer.objects.exclude(date_of_birth=None)
    return [born for born in known.values_list("date_of_birth", flat=True) if born]


def test_a_second_load_says_so_and_changes_nothing() -> None:
    command()
    before, sum_before = counts(), checksum()
    said = command("--seed=7")
    assert "loaded already" in said
    assert (counts(), checksum()) == (before, sum_before)


@pytest.mark.slow
def test_replace_loads_anew_and_leaves_what_is_not_its_own() -> None:
    command()
    administrator = User.objects.create_superuser("admin@example.com", "a long password")
    command("--replace", "--seed=3")
    assert Loading.objects.get().seed == 3
    assert Volunteer.objects.count() == SIZES["volunteers"]
    assert User.objects.filter(pk=administrator.pk).exists()
    for model in MODELS[:-1]:
        about = AuditEntry.objects.filter(subject_type=model._meta.model_name)
        there: QuerySet[Any] = model._default_manager.values("pk")
        gone = about.exclude(subject_id__in=there)
        assert not gone.exists(), model
    assert [run.state for run in RankingRun.objects.order_by("pk")] == ["superseded", "waiting"]


@pytest.mark.parametrize("factory", [VolunteerFactory, OrganisationFactory])
def test_real_people_or_groups_are_not_mixed_in_by_mistake(factory) -> None:
    factory()
    before = counts()
    with pytest.raises(CommandError, match="did not make"):
        command()
    assert counts() == before


@pytest.mark.slow
def test_beside_real_people_nobody_made_up_can_sign_in_and_replace_keeps_the_real_ones() -> None:
    real = VolunteerFactory()
    said = command("--beside-real-people")
    assert PASSWORD not in said
    for login in LOGINS:
        assert not User.objects.get(email=login.email).has_usable_password()
    with pytest.raises(CommandError):
        command("--replace")
    command("--replace", "--beside-real-people")
    assert Volunteer.objects.filter(pk=real.pk).exists()
    assert Volunteer.objects.count() == SIZES["volunteers"] + 1


@pytest.mark.parametrize("label", ["Roles", "People", "Season"])
def test_an_interrupted_load_leaves_nothing(label: str) -> None:
    def interrupted(rows: Iterable[Any], at: str) -> Iterable[Any]:
        for number, row in enumerate(rows):
            if at == label and number == 20:
                raise KeyboardInterrupt
            yield row

    with pytest.raises(KeyboardInterrupt):
        load(plan(), progress=interrupted)
    assert counts() == [0] * len(MODELS)
    assert not Loading.objects.exists()
    assert not Fact.objects.exists()


@pytest.mark.slow
def test_an_interrupted_replacement_leaves_the_old_borough() -> None:
    load_small()
    before = checksum()

    def interrupted(rows: Iterable[Any], at: str) -> Iterable[Any]:
        if at == "Season":
            raise KeyboardInterrupt
        return rows

    with pytest.raises(KeyboardInterrupt):
        load(plan(seed=2), replace=True, progress=interrupted)
    assert checksum() == before


@pytest.mark.parametrize("size", ["--volunteers=3", "--organisations=1", "--opportunities=0"])
def test_too_small_a_borough_is_refused(size: str) -> None:
    with pytest.raises(CommandError, match="or more"):
        command(size)
    assert not Loading.objects.exists()


def test_the_smallest_borough_is_whole() -> None:
    for seed in range(3):
        load(Plan(20, 4, 4, seed, DAY), replace=True, progress=quietly)
        assert reconcile() == 0


def test_a_round_names_a_person_once_who_accepted_two_of_its_days(monkeypatch) -> None:
    write = centre.write

    def with_two(written: Written, said: list[Message]) -> None:
        of = next(
            [one for one in written.applications if one.volunteer_id == person.pk]
            for person in written.volunteers
            if sum(one.volunteer_id == person.pk for one in written.applications) > 1
        )
        for one in of:
            one.came_by = Application.CameBy.REFERRAL
            one.created_at = written.plan.at_work(written.plan.ago(centre.ROUND_DAYS - 3))
        write(written, said)

    monkeypatch.setattr(centre, "write", with_two)
    load(plan(), progress=quietly)
    of_round = Suggestion.objects.exclude(round=None).values_list("round_id", "volunteer_id")
    assert len(set(of_round)) == len(of_round) > 0


def test_demo_logins_lists_every_login_or_says_that_nothing_is_loaded() -> None:
    said = io.StringIO()
    call_command("demo_logins", stdout=said)
    assert "not loaded" in said.getvalue()
    load_small()
    said = io.StringIO()
    call_command("demo_logins", stdout=said)
    lines = said.getvalue().splitlines()
    assert PASSWORD in lines[0]
    for login, line in zip(LOGINS, lines[1:], strict=True):
        assert login.email in line
        assert line.endswith(login.what_for)
    assert (
        len({line.index(login.what_for) for login, line in zip(LOGINS, lines[1:], strict=True)})
        == 1
    )
