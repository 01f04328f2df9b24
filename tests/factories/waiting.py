"""People on waiting lists."""

from typing import Any

from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from core import clock
from core.models import Activity, Cause
from placements.models import WaitingListEntry
from tests.factories.core import chosen
from tests.factories.volunteers import VolunteerFactory


class WaitingListEntryFactory(DjangoModelFactory[WaitingListEntry]):
    """Somebody on a list: of an `opportunity`, or of an `activity` (and a `cause`) by code."""

    class Meta:
        model = WaitingListEntry

    volunteer = SubFactory(VolunteerFactory)
    joined_at = LazyFunction(clock.now)

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> Any:
        for name, kind in (("activity", Activity), ("cause", Cause)):
            if isinstance(kwargs.get(name), str):
                (kwargs[name],) = chosen(kind, kwargs[name])
        return kwargs
