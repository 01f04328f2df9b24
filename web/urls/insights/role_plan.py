"""The roles worth creating."""

from django.urls import URLPattern, path

from web.views.insights import role_plan

_ROLES = "insights/roles-worth-creating"

urlpatterns: list[URLPattern] = [
    path(f"{_ROLES}/", role_plan.RolePlanPage.as_view(), name="roles-worth-creating"),
    path(f"{_ROLES}.csv", role_plan.RolePlanFile.as_view(), name="roles-worth-creating-file"),
    path(
        f"{_ROLES}/<int:number>/", role_plan.PlannedRolePage.as_view(), name="role-worth-creating"
    ),
    path(
        f"{_ROLES}/<int:number>.csv",
        role_plan.PlannedRoleFile.as_view(),
        name="role-worth-creating-csv",
    ),
]
