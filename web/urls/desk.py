"""Pages of the volunteer centre."""

from django.urls import path

from web.views import desk, desk_limits

_GROUP, _ROLE = "desk/groups/<int:group_id>", "desk/roles/<int:role_id>"

urlpatterns = [
    path("desk/", desk.Desk.as_view(), name="desk"),
    path("desk/groups/", desk.DeskGroups.as_view(), name="desk-groups"),
    path(f"{_GROUP}/", desk.DeskGroup.as_view(), name="desk-group"),
    path(f"{_GROUP}/verify/", desk.GroupVerify.as_view(), name="desk-group-verify"),
    path(f"{_GROUP}/suspend/", desk.GroupSuspend.as_view(), name="desk-group-suspend"),
    path(f"{_GROUP}/reinstate/", desk.GroupReinstate.as_view(), name="desk-group-reinstate"),
    path("desk/roles/", desk.DeskRoles.as_view(), name="desk-roles"),
    path(f"{_ROLE}/", desk.DeskRole.as_view(), name="desk-role"),
    path(f"{_ROLE}/publish/", desk.RolePublish.as_view(), name="desk-role-publish"),
    path(f"{_ROLE}/send-back/", desk.RoleSendBack.as_view(), name="desk-role-send-back"),
    path(f"{_ROLE}/people/", desk.RolePeople.as_view(), name="desk-role-people"),
    path("desk/limits/", desk_limits.DeskLimits.as_view(), name="desk-limits"),
    path("desk/rankings/new/", desk.RankEverybody.as_view(), name="desk-rank-everybody"),
    path("desk/jobs/<int:job_id>/retry/", desk.JobRetry.as_view(), name="desk-job-retry"),
]
