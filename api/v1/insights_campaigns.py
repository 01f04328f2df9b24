"""Campaigns: whom they meant, how far they came, and whether writing made a difference.

They are drawn up and confirmed on the pages, where somebody looks them over; what is being sent can
be paused and stopped from here too.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import Nothing
from api.lists import Listed, check_parameters
from api.people import person
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfSteering
from api.v1.insights_output import ShownOutput
from insights import campaign_wording as words
from insights.disclosure import KEPT_BACK
from insights.models import Campaign
from insights.selectors import campaign_chain
from insights.selectors.campaign_chain import Chain, People, Sent, Step
from insights.selectors.campaigns import Audience, audience
from insights.services import campaigns

_tags = ["insights"]


class SentOutput(serializers.Serializer[Sent]):
    """How it stands with the groups now. Counts of groups, which are public."""

    groups = serializers.IntegerField(help_text="All groups of the campaign.")
    sent = serializers.IntegerField(help_text="Groups that were told.")
    mailed = serializers.IntegerField(help_text="Of these, by email.")
    on_page = serializers.IntegerField(help_text="Of these, on their page alone.")
    opened = serializers.IntegerField()
    drafted = serializers.IntegerField(help_text="Groups that made a draft of it.")
    published = serializers.IntegerField(help_text="Groups that published this draft.")
    put_aside = serializers.IntegerField()
    to_write_to = serializers.IntegerField(help_text="Still to be written to.")
    over_limit = serializers.IntegerField(help_text="Not sent: the group had enough by then.")
    too_few = serializers.IntegerField(help_text="Not sent: too few people were left.")
    gone = serializers.IntegerField(help_text="Not sent: no verified group any more.")
    held_back = serializers.IntegerField(help_text="Not written to, to compare.")


class CampaignOutput(serializers.Serializer[Any]):
    """A campaign, and how it stands."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=Campaign.State.choices)
    created_at = serializers.DateTimeField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    sent = SentOutput()


class AudienceOutput(serializers.Serializer[Audience]):
    """The groups that a draft would write to now, and those that it leaves out."""

    groups = serializers.IntegerField(
        help_text="Groups that are meant; of these `held_back_per_cent` are not written to."
    )
    by_mail = serializers.IntegerField()
    on_page = serializers.IntegerField()
    over_limit = serializers.IntegerField(help_text="Left out: told often enough this month.")
    compared = serializers.IntegerField(
        help_text="Left out: another campaign is compared with them."
    )
    out_of_reach = serializers.IntegerField(
        help_text="Left out: none of the people is near, or of their cause."
    )


class DifferenceOutput(serializers.Serializer[Any]):
    """How far apart the two shares are, 1 being all, with the range in which that lies in 95 of 100
    such comparisons."""

    value = serializers.FloatField()
    lowest = serializers.FloatField()
    highest = serializers.FloatField()
    is_clear = serializers.BooleanField(help_text="Whether it is more than chance may bring.")


class CampaignStepOutput(serializers.Serializer[Step]):
    """How many groups came so far."""

    code = serializers.CharField()
    title = serializers.CharField(help_text="What these groups did.")
    written_to = serializers.IntegerField(
        allow_null=True, help_text="Groups; null where that would say too much of people."
    )
    not_written_to = serializers.IntegerField(allow_null=True, help_text="Likewise.")
    difference = DifferenceOutput(
        allow_null=True, help_text="Null where there are too few groups on a side to say."
    )


class PeopleBehindOutput(serializers.Serializer[Any]):
    """People in the roles that came of it."""

    code = serializers.CharField()
    title = serializers.CharField(help_text="What these people did.")
    people = ShownOutput()


class ChainOutput(serializers.Serializer[Chain]):
    """What had come of it by the end of a month. Any role counts that a group began within three
    months, whether from what it was sent or not."""

    month = serializers.CharField()
    written_to = serializers.IntegerField(help_text="Groups.")
    not_written_to = serializers.IntegerField(help_text="Groups, to compare.")
    is_enough = serializers.BooleanField(
        help_text="Whether there are enough groups on both sides to say anything of a difference."
    )
    steps = CampaignStepOutput(many=True)
    people = PeopleBehindOutput(many=True)


class CampaignInFullOutput(CampaignOutput):
    """A campaign, whom it meant, and what came of it."""

    finding = serializers.CharField(
        help_text="Whether writing made a difference, or why that cannot be told; empty of a draft."
    )
    people = serializers.ListField(
        child=serializers.CharField(), help_text="Of which people groups are told."
    )
    groups_meant = serializers.ListField(child=serializers.CharField())
    held_back_per_cent = serializers.IntegerField(help_text="So many groups are not written to.")
    audience = AudienceOutput(allow_null=True, help_text="Of a draft; else null.")
    chain = ChainOutput(allow_null=True, help_text="Null before the first month is over.")


class Campaigns(OfSteering, Listed):
    """All campaigns."""

    queryset = Campaign.objects.none()

    @extend_schema(
        summary="List campaigns, and how each stands",
        description="The newest first.",
        responses=CampaignOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        page = list(self.page_of(Campaign.objects.all()))
        stand = campaign_chain.sent_of(page)
        return self.answer([_campaign(one, stand[one.pk]) for one in page], CampaignOutput)


class OneCampaign(OfSteering):
    """One campaign."""

    @extend_schema(
        operation_id="insights_campaign_retrieve",
        summary="Read a campaign, and what came of it",
        responses=CampaignInFullOutput,
        tags=_tags,
    )
    def get(self, request: Request, campaign_id: int) -> Response:
        check_parameters(request, frozenset())
        return _told(get_object_or_404(Campaign, pk=campaign_id))


class _Act(OfSteering):
    """Something that is done to a campaign. A second time is a conflict."""

    act: ClassVar[Callable[..., None]]

    def _done(self, request: Request, campaign_id: int) -> Response:
        campaign = get_object_or_404(Campaign, pk=campaign_id)
        Nothing(data=request.data).is_valid(raise_exception=True)
        type(self).act(campaign=campaign, by=person(request))
        return _told(campaign)


class PauseCampaign(_Act):
    act = staticmethod(campaigns.pause)

    @extend_schema(
        operation_id="insights_campaign_pause",
        summary="Write to no more groups until the campaign goes on",
        request=Nothing,
        responses=CampaignInFullOutput,
        tags=_tags,
    )
    def post(self, request: Request, campaign_id: int) -> Response:
        return self._done(request, campaign_id)


class GoOnWithCampaign(_Act):
    act = staticmethod(campaigns.go_on)

    @extend_schema(
        operation_id="insights_campaign_go_on",
        summary="Write to the groups that are left",
        request=Nothing,
        responses=CampaignInFullOutput,
        tags=_tags,
    )
    def post(self, request: Request, campaign_id: int) -> Response:
        return self._done(request, campaign_id)


class StopCampaign(_Act):
    act = staticmethod(campaigns.stop)

    @extend_schema(
        operation_id="insights_campaign_stop",
        summary="Stop a campaign for good",
        description="It cannot go on again. Groups that were told keep what they read.",
        request=Nothing,
        responses=CampaignInFullOutput,
        tags=_tags,
    )
    def post(self, request: Request, campaign_id: int) -> Response:
        return self._done(request, campaign_id)


def _told(campaign: Campaign) -> Response:
    is_draft = campaign.state == Campaign.State.DRAFT
    sent = campaign_chain.sent(campaign)
    chain = None if is_draft else campaign_chain.chain(campaign)
    told = {
        **_campaign(campaign, sent),
        "finding": "" if is_draft else words.finding_so_far(sent, chain),
        "people": words.people_meant(campaign),
        "groups_meant": words.groups_meant(campaign),
        "held_back_per_cent": campaign.held_back,
        "audience": _audience(audience(campaign)) if is_draft else None,
        "chain": _chain(chain) if chain else None,
    }
    return Response(CampaignInFullOutput(told).data)


def _campaign(campaign: Campaign, sent: Sent) -> dict[str, Any]:
    return {
        "id": campaign.pk,
        "name": campaign.name,
        "state": campaign.state,
        "created_at": campaign.created_at,
        "confirmed_at": campaign.confirmed_at,
        "sent": sent,
    }


def _audience(found: Audience) -> dict[str, int]:
    names = ("by_mail", "on_page", "over_limit", "compared", "out_of_reach")
    return {"groups": len(found.chosen), **{name: getattr(found, name) for name in names}}


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "month": chain.month,
        "written_to": chain.written,
        "not_written_to": chain.compared,
        "is_enough": chain.is_enough,
        "steps": [_step(step) for step in chain.steps],
        "people": [
            {"code": code, "title": title, "people": _people(chain.people, code)}
            for code, title in words.PEOPLE.items()
        ],
    }


def _people(people: People, code: str) -> dict[str, Any]:
    count: int | None = getattr(people, code)
    if count is None and code == "there":
        # As many may be as are due: what is not said is not that they are few.
        return as_shown.people(KEPT_BACK)
    return as_shown.people_near(count)


def _step(step: Step) -> dict[str, Any]:
    apart = step.difference
    return {
        "code": step.code,
        "title": words.STEPS[step.code],
        "written_to": step.written,
        "not_written_to": step.compared,
        "difference": apart
        and {
            **{name: round(getattr(apart, name), 3) for name in ("value", "lowest", "highest")},
            "is_clear": apart.is_clear,
        },
    }
