"""Pages of the volunteer centre."""

from django.urls import path

from web.views.desk import groups, home, jobs, limits, queues, roles, rounds

_GROUP, _ROLE = "desk/groups/<int:group_id>", "desk/roles/<int:role_id>"
_ROUND = "desk/rounds/<int:round_id>"
_QUEUE = "desk/queues/<slug:queue>"

urlpatterns = [
    path("desk/", home.Desk.as_view(), name="desk"),
    path(f"{_QUEUE}/", queues.QueuePage.as_view(), name="desk-queue"),
    path(f"{_QUEUE}/<int:row>/note/", queues.QueueNote.as_view(), name="desk-queue-note"),
    path(
        f"{_QUEUE}/<int:row>/bring-back/",
        queues.QueueBringBack.as_view(),
        name="desk-queue-bring-back",
    ),
    path("desk/groups/", groups.DeskGroups.as_view(), name="desk-groups"),
    path(f"{_GROUP}/", groups.DeskGroup.as_view(), name="desk-group"),
    path(f"{_GROUP}/verify/", groups.GroupVerify.as_view(), name="desk-group-verify"),
    path(f"{_GROUP}/suspend/", groups.GroupSuspend.as_view(), name="desk-group-suspend"),
    path(f"{_GROUP}/reinstate/", groups.GroupReinstate.as_view(), name="desk-group-reinstate"),
    path("desk/roles/", roles.DeskRoles.as_view(), name="desk-roles"),
    path(f"{_ROLE}/", roles.DeskRole.as_view(), name="desk-role"),
    path(f"{_ROLE}/publish/", roles.RolePublish.as_view(), name="desk-role-publish"),
    path(f"{_ROLE}/send-back/", roles.RoleSendBack.as_view(), name="desk-role-send-back"),
    path(f"{_ROLE}/people/", roles.RolePeople.as_view(), name="desk-role-people"),
    path(f"{_ROLE}/people/<int:volunteer_id>/suggest/", rounds.Refer.as_view(), name="desk-refer"),
    path("desk/rounds/", rounds.RoundList.as_view(), name="desk-rounds"),
    path("desk/rounds/new/", rounds.RoundCreate.as_view(), name="desk-round-create"),
    path(f"{_ROUND}/", rounds.RoundDetail.as_view(), name="desk-round"),
    path(f"{_ROUND}/send/", rounds.RoundSend.as_view(), name="desk-round-send"),
    path(f"{_ROUND}/discard/", rounds.RoundDiscard.as_view(), name="desk-round-discard"),
    path(
        f"{_ROUND}/people/<int:suggestion_id>/remove/",
        rounds.ProposalRemove.as_view(),
        name="desk-round-remove",
    ),
    path(
        f"{_ROUND}/people/<int:suggestion_id>/swap/",
        rounds.ProposalSwap.as_view(),
        name="desk-round-swap",
    ),
    path("desk/limits/", limits.DeskLimits.as_view(), name="desk-limits"),
    path("desk/rankings/new/", jobs.RankEverybody.as_view(), name="desk-rank-everybody"),
    path("desk/jobs/", jobs.DeskJobs.as_view(), name="desk-jobs"),
    path("desk/jobs/<int:job_id>/retry/", jobs.JobRetry.as_view(), name="desk-job-retry"),
]
