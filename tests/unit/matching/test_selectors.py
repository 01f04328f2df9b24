"""What pages and the API read: at most two queries, true at the moment of reading."""

from datetime import timedelta

import pytest

from core.clock import now
from core.outbox.leases import Lease
from matching import recommender, selectors
from matching.models import Fit, RankingRun
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.matching import RankingRunFactory, borough
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.own_process import printed_by
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Volunteer:
    return VolunteerFactory(
        about="I love to read with children.", causes=["schools"], travel_mode="walk"
    )


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory(
        title="Read with children",
        description="Listen to children who learn to read.",
        causes=["schools"],
        organisation=OrganisationFactory(median_answer_days=4),
    )


def refreshed(person: Volunteer) -> selectors.RecommendedRoles:
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    return selectors.recommended_roles(person)


class TestRecommendedRoles:
    def test_two_queries_whatever_the_size(self, django_assert_max_num_queries) -> None:
        made = borough(people=1, roles=60)
        person = made.people[0]
        refreshed(person)
        with django_assert_max_num_queries(2):
            listed = selectors.recommended_roles(person)
            for item in listed.items:
                assert item.opportunity.organisation.name
                assert item.odds
                assert item.summary
                assert item.parts
                assert item.next_session_at is None or item.next_session_at > now()
        assert listed.items

    def test_reasons_ranks_and_odds(self, person: Volunteer, role: Opportunity) -> None:
        other = OpportunityFactory(from_home=True, postcode="")
        listed = refreshed(person)
        first, second = listed.items
        assert (first.opportunity, first.rank) == (role, 1)
        assert (second.opportunity, second.rank) == (other, 2)
        assert first.score > second.score
        assert "You said you care about schools." in first.reasons
        assert first.summary.startswith(
            "You said you care about schools, and wrote about reading with children; it is about "
        )
        assert "minutes’ walk away" in first.summary
        assert first.km == pytest.approx(1.1, abs=0.1)
        assert second.km is None
        assert first.odds == (
            "2 places left, nobody waiting for an answer. About 4 in 10 people who ask now get a "
            "place; we are not sure, since few people have asked this group so far. This group "
            "usually answers in 4 days."
        )
        assert listed.computed_at is not None
        assert not listed.is_stale

    def test_parts_are_shares_with_sentences(self, person: Volunteer, role: Opportunity) -> None:
        parts = {part.code: part for part in refreshed(person).items[0].parts}
        assert parts["causes"].share == pytest.approx(1, abs=0.001)
        assert parts["causes"].name == "What it is for"
        assert parts["causes"].sentence == "You said you care about schools."
        assert all(0 < part.share <= 1 and part.sentence for part in parts.values())
        assert "not_said" not in parts

    def test_next_session_is_the_next(self, person: Volunteer, role: Opportunity) -> None:
        SessionFactory(
            opportunity=role, starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1)
        )
        coming = SessionFactory(opportunity=role)
        SessionFactory(
            opportunity=role,
            starts_at=coming.starts_at + timedelta(days=3),
            ends_at=coming.ends_at + timedelta(days=3),
        )
        assert refreshed(person).items[0].next_session_at == coming.starts_at

    def test_never_computed_is_being_prepared(self, person: Volunteer) -> None:
        listed = selectors.recommended_roles(person)
        assert (listed.computed_at, listed.items, listed.is_stale) == (None, [], True)

    def test_edited_since_is_stale(self, person: Volunteer, role: Opportunity) -> None:
        refreshed(person)
        profiles.update(volunteer=person, by=None, about="Something else.")
        listed = selectors.recommended_roles(person)
        assert listed.is_stale
        assert [item.opportunity for item in listed.items] == [role]

    def test_paused_person_is_shown_nothing(self, person: Volunteer, role: Opportunity) -> None:
        refreshed(person)
        profiles.pause(volunteer=person, by=None)
        person.refresh_from_db()
        listed = selectors.recommended_roles(person)
        assert (listed.items, listed.is_stale) == ([], False)

    @pytest.mark.parametrize(
        "change",
        [
            {"status": "closed"},
            {"status": "full", "places_taken": 2},
            {"closes_on": "2020-01-01"},
            {"applications_pending": 6},
        ],
        ids=["closed", "full", "last day over", "many wait"],
    )
    def test_role_that_cannot_be_asked_for_any_more_is_hidden_at_once(
        self, person: Volunteer, role: Opportunity, change: dict
    ) -> None:
        assert refreshed(person).items
        Opportunity.objects.filter(pk=role.pk).update(**change)
        assert selectors.recommended_roles(person).items == []

    def test_role_of_a_suspended_group_is_hidden_at_once(
        self, person: Volunteer, role: Opportunity
    ) -> None:
        refreshed(person)
        role.organisation.suspended_at = now()
        role.organisation.save()
        assert selectors.recommended_roles(person).items == []

    def test_role_just_asked_for_is_hidden_at_once(
        self, person: Volunteer, role: Opportunity
    ) -> None:
        refreshed(person)
        applications.submit(volunteer=person, opportunity=role, by=person.user)
        assert selectors.recommended_roles(person).items == []

    def test_busy_role_comes_back_when_the_group_answers(
        self, person: Volunteer, role: Opportunity
    ) -> None:
        Opportunity.objects.filter(pk=role.pk).update(applications_pending=6)
        listed = refreshed(person)
        assert (listed.items, listed.busy) == ([], 1)
        Opportunity.objects.filter(pk=role.pk).update(applications_pending=1)
        listed = selectors.recommended_roles(person)
        assert ([item.rank for item in listed.items], listed.busy) == ([1], 0)

    def test_every_role_shown_can_be_asked_for(self) -> None:
        made = borough(people=15, roles=40, seed=5)
        shown = 0
        for person in made.people:
            for item in refreshed(person).items[:3]:
                applications.submit(volunteer=person, opportunity=item.opportunity, by=None)
                shown += 1
        assert shown > 10

    def test_short_list_says_what_would_change_it(self, person: Volunteer) -> None:
        OpportunityFactory(postcode="TW1 1AA")
        listed = refreshed(person)
        assert listed.is_short
        assert [change.sentence for change in listed.changes] == [
            "If you could travel up to 10 miles, 1 more role would be open to you, with 2 places."
        ]


class TestFitFor:
    def test_stored_fit_is_read_in_four_queries(
        self, person: Volunteer, role: Opportunity, django_assert_max_num_queries
    ) -> None:
        listed = refreshed(person)
        with django_assert_max_num_queries(4):
            fit = selectors.fit_for(person, role)
        assert fit.reasons == listed.items[0].reasons
        assert fit.parts == listed.items[0].parts
        assert (fit.warnings, fit.gates) == ([], [])

    def test_role_on_no_list_is_judged_at_once(
        self, person: Volunteer, role: Opportunity, django_assert_max_num_queries
    ) -> None:
        with django_assert_max_num_queries(19):
            fit = selectors.fit_for(person, role)
        assert "You said you care about schools." in fit.reasons
        assert {part.code for part in fit.parts} >= {"causes", "distance"}
        assert fit.km == pytest.approx(1.1, abs=0.1)

    def test_edited_profile_is_judged_anew(self, person: Volunteer, role: Opportunity) -> None:
        refreshed(person)
        profiles.update(volunteer=person, by=None, causes=["animals"])
        assert "You said you care about schools." not in selectors.fit_for(person, role).reasons

    def test_warnings_refuse_nobody(self, person: Volunteer) -> None:
        far = OpportunityFactory(
            postcode="HA8 7EB", commitment="one_off", weekly_slots=1, languages=["ta"]
        )
        profiles.update(
            volunteer=person, by=None, travel_miles=1, open_to_one_off=False, availability=2
        )
        fit = selectors.fit_for(person, far)
        assert len(fit.warnings) == 4
        assert any(" miles away; you said up to 1 mile." in warning for warning in fit.warnings)
        assert fit.gates == []

    def test_gates_say_why_not(self, person: Volunteer) -> None:
        role = OpportunityFactory(minimum_age=80)
        ApplicationFactory(volunteer=person, opportunity=role)
        assert selectors.fit_for(person, role).gates == [
            "This role is for people of 80 or over.",
            "You have asked for this role before.",
        ]

    def test_fit_of_an_application_is_used(self, person: Volunteer, role: Opportunity) -> None:
        application = ApplicationFactory(volunteer=person, opportunity=role)
        recommender.refresh_application(application.pk, lease_on("application.changed", 1))
        Fit.objects.update(item={**Fit.objects.get().item, "failed": ["dbs"]})
        assert selectors.fit_for(person, role).warnings == [
            "It needs a DBS check; you said you would rather not have one."
        ]

    def test_little_known_is_no_error(self) -> None:
        nobody = VolunteerFactory(postcode="", date_of_birth=None)
        fit = selectors.fit_for(nobody, OpportunityFactory())
        assert (fit.reasons, fit.km) == ([], None)


class TestApplicants:
    def prepared(self, application: Application) -> Application:
        lease: Lease = lease_on("application.changed", application.pk)
        recommender.refresh_application(application.pk, lease)
        return application

    def test_best_suited_first_then_those_not_yet_ranked_then_the_answered(
        self, role: Opportunity
    ) -> None:
        declined = ApplicationFactory(opportunity=role, state="declined")
        books = self.prepared(ApplicationFactory(opportunity=role, volunteer__about="cars"))
        reads = self.prepared(
            ApplicationFactory(
                opportunity=role,
                volunteer__about="read with children",
                volunteer__causes=["schools"],
            )
        )
        new = ApplicationFactory(opportunity=role)
        applicants = selectors.applicants_for(role)
        assert [applicant.application for applicant in applicants] == [reads, books, new, declined]
        assert [applicant.rank for applicant in applicants] == [1, 2, None, None]
        assert "Cares about schools." in applicants[0].reasons
        assert "Lives less than a mile away." in applicants[0].reasons
        assert applicants[2].reasons == []

    def test_warnings_are_about_them(self, role: Opportunity) -> None:
        self.prepared(ApplicationFactory(opportunity=role, volunteer__open_to_regular=False))
        (applicant,) = selectors.applicants_for(role)
        assert applicant.warnings == ["Asked for the other kind of role (a one-off, or regular)."]

    def test_two_queries(self, role: Opportunity, django_assert_num_queries) -> None:
        for _ in range(3):
            self.prepared(ApplicationFactory(opportunity=role))
        with django_assert_num_queries(2):
            for applicant in selectors.applicants_for(role):
                assert applicant.application.volunteer.user.first_name


class TestSuitedPeople:
    def test_who_waits_and_has_not_asked_for_it(
        self, role: Opportunity, django_assert_num_queries
    ) -> None:
        best = VolunteerFactory(about="read with children", causes=["schools"])
        good, placed, asked = VolunteerFactory.create_batch(3)
        recommender.refresh_role(role.pk, lease_on("role.changed", role.pk))
        Volunteer.objects.filter(pk=placed.pk).update(waiting_since=None)
        ApplicationFactory(volunteer=asked, opportunity=role)
        with django_assert_num_queries(2):
            people = selectors.suited_people(role)
            assert [(of.volunteer, of.rank) for of in people] == [(best, 1), (good, 2)]
            assert people[0].volunteer.user.first_name
        assert "Cares about schools." in people[0].reasons

    def test_role_without_a_shortlist_has_nobody(self, role: Opportunity) -> None:
        assert selectors.suited_people(role) == []


def test_latest_runs_newest_first(django_assert_num_queries) -> None:
    old, new = RankingRunFactory(), RankingRunFactory(requested_by=UserFactory(broker=True))
    with django_assert_num_queries(1):
        found = list(selectors.latest_runs())
        assert found[0].requested_by is not None
    assert found == [new, old]


@pytest.mark.parametrize(
    ("state", "share"),
    [("waiting", 0.0), ("running", 0.25), ("done", 1.0)],
)
def test_progress_counts_people_and_roles(state: str, share: float) -> None:
    run = RankingRun(
        state=state, people=30, roles=10, people_done=10 if share == 0.25 else 0, roles_done=0
    )
    assert run.share_done == share


def test_reading_loads_no_scikit_learn(person: Volunteer, role: Opportunity) -> None:
    """A process of its own that reads a list and judges a role, and then looks what it loaded."""
    script = """
import shutil, sys, django
django.setup()
from django.apps import apps
from django.conf import settings
from opportunities.models import Opportunity, Organisation
from volunteers.models import Volunteer
from django.core.management import call_command
from matching import recommender, selectors
from matching.services import impressions, runs
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
person, role = VolunteerFactory(causes=["schools"]), OpportunityFactory(causes=["schools"])
assert "You said you care about schools." in selectors.fit_for(person, role).reasons
selectors.recommended_roles(person)
selectors.applicants_for(role)
runs.request(by=None)
loaded = {name.partition(".")[0] for name in sys.modules}
print("loaded", *sorted(loaded & {"sklearn", "joblib", "scipy"}))
recommender.fit_model
assert "sklearn" in sys.modules, "the check itself must be able to fail"
shutil.rmtree(settings.TEST_DIR)
"""
    assert printed_by(script) == ["loaded", "scipy"]
