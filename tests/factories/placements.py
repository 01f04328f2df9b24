"""Applications."""

from typing import Any

from django.db.models import F
from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from core import clock
from opportunities.models import Opportunity
from placements import states, time_limits
from placements.models import Application, HoursEntry
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory


class ApplicationFactory(DjangoModelFactory[Application]):
    """Somebody's application in the given `state` (submitted). The role's counters follow it."""

    class Meta:
        model = Application

    volunteer = SubFactory(VolunteerFactory)
    opportunity = SubFactory(OpportunityFactory)
    state = Application.State.SUBMITTED
    state_since = LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Application], *args: Any, **kwargs: Any) -> Application:
        if kwargs.get("state") == Application.State.OFFERED:
            kwargs.setdefault("answer_by", time_limits.answer_by(clock.now()))
        application = model_class(**kwargs)
        application.save()
        role = Opportunity.objects.filter(pk=application.opportunity_id)
        if application.state in states.PENDING:
            role.update(applications_pending=F("applications_pending") + 1)
        if application.state in states.HOLDS_PLACE:
            role.update(places_taken=F("places_taken") + 1)
        application.opportunity.refresh_from_db()
        return application


class HoursEntryFactory(DjangoModelFactory[HoursEntry]):
    """Two hours of today in somebody's role, not confirmed."""

    class Meta:
        model = HoursEntry

    application = SubFactory(ApplicationFactory, state=Application.State.STARTED)
    day = LazyFunction(clock.today)
    minutes = 120
