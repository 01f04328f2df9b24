"""A person and a group block each other: the silence is the same either way."""

import pytest

from accounts.models import AuditEntry
from core.errors import Conflict, NotAllowed
from core.models import Fact
from placements import policies
from placements.models import Block
from placements.services import applications, blocks, conversations
from placements.states import Mover
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

BOTH = [Mover.VOLUNTEER, Mover.GROUP]


@pytest.mark.parametrize("side", BOTH)
def test_whoever_blocks_neither_writes_nor_asks(side: Mover) -> None:
    application = ApplicationFactory()
    person, group = application.volunteer, application.opportunity.organisation
    other_role = OpportunityFactory(organisation=group)

    blocks.block(volunteer=person, organisation=group, side=side, by=None)
    blocks.block(volunteer=person, organisation=group, side=side, by=None)

    for writer in BOTH:
        with pytest.raises(Conflict) as silent:
            conversations.write(application=application, side=writer, words="Hello", by=None)
        assert silent.value.code == "blocked"
    with pytest.raises(NotAllowed) as refused:
        applications.submit(volunteer=person, opportunity=other_role, by=None)
    assert refused.value.code == "not_blocked"
    assert Block.objects.count() == 1
    assert AuditEntry.objects.get(action="block.made").details == {"side": side.value}
    assert Fact.objects.filter(kind="profile.changed", subject_id=person.pk).exists()


def test_each_side_takes_back_its_own_block_only() -> None:
    application = ApplicationFactory()
    pair = {
        "volunteer": application.volunteer,
        "organisation": application.opportunity.organisation,
    }
    for side in BOTH:
        blocks.block(**pair, side=side, by=None)

    blocks.unblock(**pair, side=Mover.GROUP, by=None)
    assert not policies.not_blocked(policies.door(pair["volunteer"], application.opportunity))
    assert blocks.has_blocked(Mover.VOLUNTEER, **pair)

    blocks.unblock(**pair, side=Mover.VOLUNTEER, by=None)
    assert policies.not_blocked(policies.door(pair["volunteer"], application.opportunity))
    conversations.write(application=application, side=Mover.GROUP, words="Hello", by=None)
