"""Facts and leases, and items of the taxonomy, which is always there."""

from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence
from factory.django import DjangoModelFactory

from core import clock
from core.models import Fact
from core.models.taxonomy import TaxonomyItem
from core.outbox import facts, leases
from core.outbox.leases import Lease

Item = TypeVar("Item", bound=TaxonomyItem)


class FactFactory(DjangoModelFactory[Fact]):
    """A waiting fact that is due; `kind` and `subject_id` as the test needs them."""

    class Meta:
        model = Fact

    kind = "profile.changed"
    subject_id = Sequence(lambda number: number + 1)
    waiting_key = LazyAttribute(
        lambda fact: (
            facts.waiting_key(fact.kind, fact.subject_id)
            if fact.state == Fact.State.WAITING
            else None
        )
    )
    state = Fact.State.WAITING
    created_at = LazyFunction(lambda: clock.now() - timedelta(minutes=1))
    stated_at = SelfAttribute("created_at")
    not_before = SelfAttribute("created_at")


def lease_on(kind: str, subject_id: int) -> Lease:
    """Give a lease as a worker holds it while it does this work; the last one is done."""
    Fact.objects.filter(kind=kind, subject_id=subject_id, state=Fact.State.CLAIMED).update(
        state=Fact.State.DONE, lease_until=None, finished_at=clock.now()
    )
    with transaction.atomic():
        facts.state(kind, subject_id)
    Fact.objects.filter(kind=kind, subject_id=subject_id, state=Fact.State.WAITING).update(
        stated_at=clock.now() - timedelta(minutes=1),
        not_before=clock.now() - timedelta(minutes=1),
    )
    fact = Fact.objects.get(kind=kind, subject_id=subject_id, state=Fact.State.WAITING)
    lease = leases.claim(fact.pk)
    assert lease is not None
    return lease


def lose(lease: Lease) -> None:
    """Let another worker take over what `lease` was about."""
    taken = Fact.objects.filter(pk=lease.fact_id).update(fence=lease.fence + 1)
    assert taken == 1


def chosen(kind: type[Item], *codes: str) -> list[Item]:
    """Give the items of the taxonomy with these codes; fails for a code that is not there."""
    found = {item.code: item for item in kind._default_manager.filter(code__in=codes)}
    return [found[code] for code in codes]
