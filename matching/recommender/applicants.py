"""What an application changes: the role leaves the person's list, the group sees how it fits."""

from django.db import transaction

from core.outbox.leases import Lease
from matching import datasets
from matching.models import Recommendation
from matching.recommender import fits, people
from matching.recommender.items import PersonalList, holding
from placements.models import Application


def refresh_application(application_id: int, lease: Lease) -> None:
    """Store how the role fits the person, and take it off their list. Nothing if it is gone."""
    chosen = Application.objects.filter(pk=application_id)
    prepared = fits.prepare(chosen)
    with transaction.atomic():
        lease.check()
        fits.write(prepared)
        for volunteer_id, role_id in chosen.values_list("volunteer_id", "opportunity_id"):
            _take_off(volunteer_id, role_id)


def _take_off(volunteer_id: int, role_id: int) -> None:
    datasets.locked_versions([volunteer_id])
    lists = Recommendation.objects.filter(volunteer=volunteer_id)
    for row in lists.filter(role_ids__contains=holding(role_id)):
        of = PersonalList.stored(row)
        of.take_in({role_id})
        of.write_to(row)
        people.save([row])
