"""Campaigns: drawn up one question a page, looked over, sent, and what came of them."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from core import input as received
from insights import campaign_wording as words
from insights.models import Campaign
from insights.selectors import campaign_chain
from insights.selectors.campaigns import MOST, WITHIN, audience
from insights.selectors.supplies import planned_role
from insights.services import campaigns
from web.csv_response import csv_response
from web.forms.insights.campaigns import (
    CampaignComparisonForm,
    CampaignGroupsForm,
    CampaignNameForm,
    CampaignPeopleForm,
)
from web.group_access import person_of
from web.insights_access import SteererRequired
from web.views.page import ActionButton, ConfirmedButton, QuestionPage

PER_PAGE = 20


class CampaignList(SteererRequired, TemplateView):
    """All campaigns, the newest first, and how each stands."""

    template_name = "web/insights/campaigns/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(Campaign.objects.all(), PER_PAGE).get_page(self.request.GET.get("page"))
        stand = campaign_chain.sent_of(list(page.object_list))
        return super().get_context_data(
            page=page,
            rows=[{"campaign": one, "sent": stand[one.pk]} for one in page.object_list],
            **kwargs,
        )


class CampaignCreate(SteererRequired, QuestionPage):
    """The name; nobody is told anything yet. Who comes from the page of a segment (`segment` in the
    address) or of a planned role (`planned`) finds its people ticked.
    """

    form_class = CampaignNameForm
    title = gettext_lazy("A new campaign")
    button = gettext_lazy("Continue")
    campaign: Campaign

    def perform(self, form: forms.Form) -> None:
        self.campaign = campaigns.begin(
            by=person_of(self.request), supplies=self._people(), **form.cleaned_data
        )

    def _people(self) -> list[str]:
        asked = self.request.GET
        if received.is_id(number := asked.get("planned", "")):
            found = planned_role(int(number))
            return [found.code] if found else []
        return [f"segment:{pk}"] if (pk := asked.get("segment", "")).isdecimal() else []

    def back(self) -> str:
        return reverse("web:campaigns")

    def get_success_url(self) -> str:
        return f"{reverse('web:campaign-people', args=[self.campaign.pk])}?new=1"


class CampaignRequired(SteererRequired):
    """A page about one campaign; gives `self.campaign`."""

    campaign: Campaign
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.campaign = get_object_or_404(Campaign, pk=self.kwargs["campaign_id"])

    def address(self) -> str:
        return reverse("web:campaign", args=[self.campaign.pk])


class CampaignQuestion(CampaignRequired, QuestionPage):
    """One question of a draft; what follows is the next that has no answer, else the whole."""

    button = gettext_lazy("Save and continue")
    following = ""

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        if self.following and "new" in self.request.GET:
            return f"{reverse(self.following, args=[self.campaign.pk])}?new=1"
        return self.address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.campaign.name, **kwargs)


class CampaignRename(CampaignQuestion):
    """What a draft is called."""

    form_class = CampaignNameForm
    title = gettext_lazy("The name")
    button = gettext_lazy("Save")

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.campaign.name}

    def perform(self, form: forms.Form) -> None:
        campaigns.rename(campaign=self.campaign, by=person_of(self.request), **form.cleaned_data)


class CampaignPeople(CampaignQuestion):
    """Of which people groups are told."""

    form_class = CampaignPeopleForm
    title = gettext_lazy("The people")
    following = "web:campaign-groups"

    def get_initial(self) -> dict[str, Any]:
        return {"supplies": [stored["code"] for stored in self.campaign.supplies]}

    def perform(self, form: forms.Form) -> None:
        campaigns.choose_people(
            campaign=self.campaign, by=person_of(self.request), **form.cleaned_data
        )


class CampaignGroups(CampaignQuestion):
    """Which groups are meant."""

    form_class = CampaignGroupsForm
    title = gettext_lazy("The groups")
    following = "web:campaign-comparison"

    def get_initial(self) -> dict[str, Any]:
        one = self.campaign
        said = "yes" if one.only_suggested else "no"
        return {
            "only_suggested": said,
            "causes": one.causes,
            "kinds": one.kinds,
            "wards": one.wards,
        }

    def perform(self, form: forms.Form) -> None:
        campaigns.choose_groups(
            campaign=self.campaign, by=person_of(self.request), **form.cleaned_data
        )


class CampaignComparison(CampaignQuestion):
    """What share of the groups is not written to."""

    form_class = CampaignComparisonForm
    title = gettext_lazy("A comparison")

    def get_initial(self) -> dict[str, Any]:
        return {"share": self.campaign.held_back}

    def perform(self, form: forms.Form) -> None:
        campaigns.hold_back(campaign=self.campaign, by=person_of(self.request), **form.cleaned_data)


class CampaignDetail(CampaignRequired, TemplateView):
    """A draft to look over, or what came of a campaign that was sent."""

    def get_template_names(self) -> list[str]:
        is_draft = self.campaign.state == Campaign.State.DRAFT
        return [f"web/insights/campaigns/{'draft' if is_draft else 'detail'}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign = self.campaign
        given: dict[str, Any] = {
            "campaign": campaign,
            "people": words.people_meant(campaign),
            "meant": words.groups_meant(campaign),
        }
        if campaign.state == Campaign.State.DRAFT:
            given |= self._preview()
        else:
            found = campaign_chain.chain(campaign)
            sent = campaign_chain.sent(campaign)
            given |= {
                "sent": sent,
                "chain": found,
                "steps": words.step_rows(found) if found else [],
                "finding": words.finding_so_far(sent, found),
                "month": words.month_in_words(found),
                "behind": words.people_rows(found) if found else [],
            }
        return super().get_context_data(**given | kwargs)

    def _preview(self) -> dict[str, Any]:
        found = audience(self.campaign)
        number = len(found.chosen)
        reached = _reached(self.campaign, number)
        return {
            "audience": found,
            "number": number,
            "left_out": number - reached,
            "reached": reached,
            "most": MOST,
            "days": WITHIN.days,
        }


def _reached(campaign: Campaign, number: int) -> int:
    """How many of so many groups would be written to, about: who is not is drawn by stratum."""
    return number - round(number * campaign.held_back / 100)


class CampaignFile(CampaignRequired, View):
    """The chain as a table, as CSV."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = campaign_chain.chain(self.campaign)
        rows = words.file_rows(campaign_chain.sent(self.campaign), found)
        return csv_response(f"campaign-{self.campaign.pk}", words.FILE_HEADS, rows)


class CampaignConfirm(CampaignRequired, ConfirmedButton):
    """Settle the groups and have them written to."""

    intro = gettext_lazy(
        "Groups are told at once. You can pause or stop what is not sent yet, but not take back "
        "what a group has read."
    )
    button = gettext_lazy("Send it now")
    done = gettext_lazy("Confirmed. The groups are being written to now.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reached = _reached(self.campaign, len(audience(self.campaign).chosen))
        self.title = ngettext(
            "Write to %(count)s group?", "Write to about %(count)s groups?", reached
        ) % {"count": reached}
        return super().get(request, *args, **kwargs)

    def perform(self) -> None:
        campaigns.confirm(campaign=self.campaign, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class CampaignPause(CampaignRequired, ActionButton):
    done = gettext_lazy("Paused. No more groups are written to until it goes on.")

    def perform(self) -> None:
        campaigns.pause(campaign=self.campaign, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class CampaignGoOn(CampaignRequired, ActionButton):
    done = gettext_lazy("It goes on.")

    def perform(self) -> None:
        campaigns.go_on(campaign=self.campaign, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class CampaignStop(CampaignRequired, ConfirmedButton):
    title = gettext_lazy("Stop this campaign for good?")
    intro = gettext_lazy(
        "A campaign that is stopped for good cannot go on again. Groups that were told keep what "
        "they read."
    )
    button = gettext_lazy("Stop for good")
    done = gettext_lazy("Stopped for good.")

    def perform(self) -> None:
        campaigns.stop(campaign=self.campaign, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class CampaignDiscard(CampaignRequired, ConfirmedButton):
    title = gettext_lazy("Throw this draft away?")
    intro = gettext_lazy("Nobody has been written to. The draft cannot be had back.")
    button = gettext_lazy("Throw the draft away")
    done = gettext_lazy("The draft is thrown away.")

    def perform(self) -> None:
        campaigns.discard(campaign=self.campaign, by=person_of(self.request))

    def page_before(self) -> str:
        return self.address()

    def next_page(self) -> str:
        still_there = Campaign.objects.filter(pk=self.campaign.pk).exists()
        return self.address() if still_there else reverse("web:campaigns")
