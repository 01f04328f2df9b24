"""What groups would read of a campaign, and which they are, before anybody is told."""

import html
import re

import pytest

from core.clock import now
from insights.models import CountedPeople, Prospectus, ProspectusMail
from insights.services import campaign_sending, counting
from insights.supply import Supply
from matching.wording import prospectuses as wording
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.insights import CampaignFactory
from tests.factories.opportunities import MembershipFactory
from tests.unit.web.pages import text_of
from web import prospectus_words
from web.views.insights import campaign_preview

pytestmark = pytest.mark.django_db
LIST = "/insights/campaigns/"


@pytest.fixture
def steerer(client):
    person = UserFactory(delivery_group=True)
    client.force_login(person)
    return person


def rows_of(answer):
    """The cells of the table of groups, a list for each."""
    table = re.search(r"<tbody.*?</tbody>", answer.text.split("hv-table")[-1], re.S)
    if table is None or "hv-table" not in answer.text:
        return []
    return [
        [html.unescape(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr.*?</tr>", table.group(), re.S)
    ]


class TestPreview:
    """What groups would read, before anybody is told."""

    def test_the_words_are_those_that_groups_get(self, client, steerer):
        members = MembershipFactory.create_batch(3)
        mailed = members[1]
        ProspectusMail.objects.create(
            organisation=mailed.organisation, user=mailed.user, wants=True, told="Yes", at=now()
        )
        campaign = CampaignFactory()
        page = f"{LIST}{campaign.pk}/"
        assert "/preview/" in client.get(page).text

        preview = client.get(f"{page}preview/")
        words = text_of(preview)
        assert not Prospectus.objects.exists()
        assert "Nobody has been told." in words
        assert f"This is what {members[0].organisation.name} would read." in words
        told = {name: how for name, __, how in rows_of(preview)}
        assert told.pop(mailed.organisation.name) == "by mail"
        assert set(told.values()) == {"on its page"}

        client.post(f"{page}confirm/")
        campaign_sending.send(campaign.pk, lease_on("campaign.sending", campaign.pk))
        made = Prospectus.objects.select_related("counted", "organisation")
        sent = made.get(organisation=members[0].organisation)
        shown = prospectus_words.shown(sent)
        assert all(said in words for said in (shown.headline, *shown.sentences))
        mail = Notification.objects.get(kind="prospectus")
        assert mail.subject in words
        first = wording.mail(sent.counted, sent.organisation.name, "").split("\n\n")
        assert all(" ".join(part.split()) in words for part in first[:4])

    def test_groups_are_paged(self, client, steerer, django_assert_max_num_queries):
        MembershipFactory.create_batch(campaign_preview.PER_PAGE + 1)
        campaign = CampaignFactory()
        address = f"{LIST}{campaign.pk}/preview/"
        client.get(address)
        with django_assert_max_num_queries(20):
            assert len(rows_of(client.get(address))) == campaign_preview.PER_PAGE
        second = client.get(f"{address}?page=2")
        assert len(rows_of(second)) == 1
        assert "This is what" not in text_of(second)

    def test_without_people_nobody_would_read_anything(self, client, steerer):
        campaign = CampaignFactory(supplies=[])
        page = text_of(client.get(f"{LIST}{campaign.pk}/preview/"))
        assert "Nobody would be written to yet" in page

    def test_people_who_are_too_few_are_told_of_to_nobody(self, client, steerer):
        MembershipFactory()
        campaign = CampaignFactory()
        counting.count([Supply.of_json(campaign.supplies[0])])
        CountedPeople.objects.update(people=None, heat=[], waited_days=None, not_said=None)
        page = text_of(client.get(f"{LIST}{campaign.pk}/preview/"))
        assert "They are too few to be told of: these groups would be left out." in page
