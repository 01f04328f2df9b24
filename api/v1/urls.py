"""Addresses of version 1."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from api.v1.applications import ApplicationViews
from api.v1.opportunities import OpportunityViews
from api.v1.organisations import OrganisationViews
from api.v1.recommendations import Fit, Recommendations
from api.v1.requirements import Requirements
from api.v1.taxonomy import Taxonomy
from api.v1.tokens import RevokeAllTokens, RevokeToken, TokenView
from api.v1.transparency import Transparency
from api.v1.volunteers import MyProfile, Pause, Resume

router = SimpleRouter(use_regex_path=False)
router.register("opportunities", OpportunityViews, "opportunity")
router.register("organisations", OrganisationViews, "organisation")
router.register("applications", ApplicationViews, "application")

urlpatterns = [
    path("auth/token/", TokenView.as_view(), name="token"),
    path("auth/token/revoke/", RevokeToken.as_view(), name="token-revoke"),
    path("auth/token/revoke-all/", RevokeAllTokens.as_view(), name="token-revoke-all"),
    path("recommendations/", Recommendations.as_view(), name="recommendations"),
    path("taxonomy/", Taxonomy.as_view(), name="taxonomy"),
    path("transparency/", Transparency.as_view(), name="transparency"),
    path("volunteers/me/", MyProfile.as_view(), name="profile"),
    path("volunteers/me/pause/", Pause.as_view(), name="profile-pause"),
    path("volunteers/me/resume/", Resume.as_view(), name="profile-resume"),
    path("opportunities/<int:pk>/fit/", Fit.as_view(), name="fit"),
    path("opportunities/<int:pk>/requirements/", Requirements.as_view(), name="requirements"),
    path("", include(router.urls)),
]
