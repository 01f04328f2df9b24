"""What groups would read of a campaign, and which they are, before anybody is told."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.clock import now
from insights import campaign_wording as words
from insights.models import CountedPeople, Prospectus
from insights.selectors.campaigns import Audience, Chosen, audience
from insights.services import counting
from insights.supply import Supply
from matching.wording import prospectuses as wording
from opportunities.models import Organisation
from web.prospectus_words import Shown, shown
from web.views.insights.campaigns import CampaignRequired

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Example:
    """What the groups that are told of some people would read, as one of them would. people: who
    they are, in a line. shown, subject, mail: the page and the mail; None and '' where the people
    are too few to be told of, so that no group is.
    """

    people: str
    groups: int
    group: str
    shown: Shown | None
    subject: str = ""
    mail: str = ""


class CampaignPreview(CampaignRequired, TemplateView):
    """The words of each of its people, by one of the groups that would read them; and all groups by
    name. Who of them is not written to is drawn only when it is sent.
    """

    template_name = "web/insights/campaigns/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = audience(self.campaign)
        page = Paginator(found.chosen, PER_PAGE).get_page(self.request.GET.get("page"))
        supplies = [Supply.of_json(stored) for stored in self.campaign.supplies]
        return super().get_context_data(
            campaign=self.campaign,
            page=page,
            groups=_named(page, {one.code: one for one in supplies}),
            examples=_examples(supplies, found) if page.number == 1 else [],
            **kwargs,
        )


def _named(page: "Page[Chosen]", supplies: dict[str, Supply]) -> list[tuple[str, str, bool]]:
    """Of each group its name, the people whom it would be told of, and whether by mail."""
    names = dict(
        Organisation.objects.filter(pk__in=[one.group_id for one in page]).values_list("pk", "name")
    )
    return [(names[one.group_id], supplies[one.supply].title, one.mailed) for one in page]


def _examples(supplies: list[Supply], found: Audience) -> list[Example]:
    first = {one.supply: one.group_id for one in reversed(found.chosen)}
    groups = Organisation.objects.in_bulk(first.values())
    told = [one for one in supplies if one.code in first]
    counted = counting.count(told)
    return [
        _example(one, found.of_each[one.code], groups[first[one.code]], counted[one.code])
        for one in told
    ]


def _example(supply: Supply, groups: int, group: Organisation, counted: CountedPeople) -> Example:
    if counted.people is None:
        return Example(words.supply_line(supply), groups, group.name, None)
    prospectus = Prospectus(organisation=group, counted=counted, made_at=now())
    return Example(
        words.supply_line(supply),
        groups,
        group.name,
        shown(prospectus),
        wording.subject(counted),
        wording.mail(counted, group.name, _("[a link that is the group’s own]")),
    )
