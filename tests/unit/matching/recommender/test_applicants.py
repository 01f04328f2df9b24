"""An application takes the role off the person's list and shows the group how it fits."""

import pytest

from core.outbox.leases import LeaseLostError
from matching import recommender
from matching.models import Fit, Recommendation
from matching.recommender.items import holding
from placements.models import Application
from tests.factories.core import lease_on, lose
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def test_role_asked_for_leaves_the_list(refresh) -> None:
    asked_for, other = OpportunityFactory(), OpportunityFactory()
    person = VolunteerFactory()
    refresh(person)
    bystander = VolunteerFactory()
    refresh(bystander)
    refresh(ApplicationFactory(volunteer=person, opportunity=asked_for))
    row = Recommendation.objects.get(volunteer=person)
    assert row.role_ids == f",{other.pk},"
    bystanders = Recommendation.objects.get(volunteer=bystander).role_ids
    assert holding(asked_for.pk) in bystanders
    assert holding(other.pk) in bystanders


def test_fit_is_stored_with_the_rules_that_fail(refresh) -> None:
    application = ApplicationFactory(
        opportunity__commitment="one_off",
        opportunity__skills_needed=["cooking"],
        volunteer__open_to_one_off=False,
        volunteer__skills=["cooking"],
    )
    refresh(application)
    fit = Fit.objects.get()
    assert (fit.volunteer, fit.opportunity) == (application.volunteer, application.opportunity)
    assert fit.item["failed"] == ["commitment"]
    assert fit.score == pytest.approx(fit.item["score"], abs=0.0001)
    assert fit.score == pytest.approx(sum(fit.item["parts"].values()), abs=0.001)
    assert "skills_match" in {reason["code"] for reason in fit.item["reasons"]}


def test_fit_of_a_paused_person_is_stored_too(refresh) -> None:
    person = VolunteerFactory(paused_at=VolunteerFactory().created_at)
    refresh(ApplicationFactory(volunteer=person))
    assert Fit.objects.filter(volunteer=person).exists()


def test_done_twice_is_done_once(refresh) -> None:
    application = ApplicationFactory()
    refresh(application)
    first = Fit.objects.values("pk", "item", "score").get()
    refresh(application)
    assert Fit.objects.values("pk", "item", "score").get() == first


def test_application_that_is_gone_is_no_error() -> None:
    lease = lease_on("application.changed", ApplicationFactory().pk)
    Application.objects.all().delete()
    recommender.refresh_application(lease.subject_id, lease)
    assert not Fit.objects.exists()


def test_lost_lease_writes_nothing(refresh) -> None:
    person, role = VolunteerFactory(), OpportunityFactory()
    refresh(person)
    application = ApplicationFactory(volunteer=person, opportunity=role)
    lease = lease_on("application.changed", application.pk)
    lose(lease)
    with pytest.raises(LeaseLostError):
        recommender.refresh_application(application.pk, lease)
    assert not Fit.objects.exists()
    assert Recommendation.objects.get().role_ids.count(",") == 2
