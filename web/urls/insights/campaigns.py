"""Writing to groups, and what came of it."""

from django.urls import URLPattern, path

from web.views.insights import campaigns
from web.views.insights.campaign_preview import CampaignPreview

_CAMPAIGN = "insights/campaigns/<int:campaign_id>"

urlpatterns: list[URLPattern] = [
    path("insights/campaigns/", campaigns.CampaignList.as_view(), name="campaigns"),
    path("insights/campaigns/new/", campaigns.CampaignCreate.as_view(), name="campaign-create"),
    path(f"{_CAMPAIGN}/", campaigns.CampaignDetail.as_view(), name="campaign"),
    path(f"{_CAMPAIGN}/name/", campaigns.CampaignRename.as_view(), name="campaign-name"),
    path(f"{_CAMPAIGN}/people/", campaigns.CampaignPeople.as_view(), name="campaign-people"),
    path(f"{_CAMPAIGN}/groups/", campaigns.CampaignGroups.as_view(), name="campaign-groups"),
    path(
        f"{_CAMPAIGN}/comparison/",
        campaigns.CampaignComparison.as_view(),
        name="campaign-comparison",
    ),
    path(f"{_CAMPAIGN}/file/", campaigns.CampaignFile.as_view(), name="campaign-file"),
    path(f"{_CAMPAIGN}/preview/", CampaignPreview.as_view(), name="campaign-preview"),
    path(f"{_CAMPAIGN}/confirm/", campaigns.CampaignConfirm.as_view(), name="campaign-confirm"),
    path(f"{_CAMPAIGN}/pause/", campaigns.CampaignPause.as_view(), name="campaign-pause"),
    path(f"{_CAMPAIGN}/go-on/", campaigns.CampaignGoOn.as_view(), name="campaign-go-on"),
    path(f"{_CAMPAIGN}/stop/", campaigns.CampaignStop.as_view(), name="campaign-stop"),
    path(f"{_CAMPAIGN}/discard/", campaigns.CampaignDiscard.as_view(), name="campaign-discard"),
]
