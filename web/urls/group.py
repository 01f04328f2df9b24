"""Pages of a group."""

from django.urls import path

from opportunities.models import MoreRoom
from placements.states import Move
from web.views import (
    applicants,
    blocked,
    conversations,
    group_limits,
    group_more_room,
    group_people,
    group_question,
    group_roles,
    groups,
    prospectuses,
    role_beginnings,
    role_waiting,
    several_applicants,
)

_ROLE = "groups/<int:group_id>/roles/<int:role_id>"
_ROOM = f"{_ROLE}/more-room"
_PEOPLE = "groups/<int:group_id>/people"
_PROSPECTUS = "groups/<int:group_id>/prospectuses/<int:prospectus_id>"
_LIMIT = "groups/<int:group_id>/limits/<int:limit_id>"
_APPLICANT = f"{_ROLE}/applicants/<int:application_id>"

urlpatterns = [
    path("groups/", groups.GroupList.as_view(), name="groups"),
    path("groups/register/", groups.GroupRegister.as_view(), name="group-register"),
    path(
        "groups/register/<slug:step>/",
        groups.GroupRegister.as_view(),
        name="group-register-step",
    ),
    path("groups/<int:group_id>/", groups.GroupDetail.as_view(), name="group-detail"),
    path("groups/<int:group_id>/edit/", groups.GroupUpdate.as_view(), name="group-update"),
    path("groups/<int:group_id>/people/", group_people.GroupPeople.as_view(), name="group-people"),
    path(f"{_PEOPLE}/invite/", group_people.PersonInvite.as_view(), name="group-person-invite"),
    path(f"{_PEOPLE}/leave/", group_people.GroupLeave.as_view(), name="group-leave"),
    path(
        f"{_PEOPLE}/<int:membership_id>/", group_people.PersonChange.as_view(), name="group-person"
    ),
    path(
        f"{_PEOPLE}/<int:membership_id>/remove/",
        group_people.PersonRemove.as_view(),
        name="group-person-remove",
    ),
    path(
        f"{_PEOPLE}/invitations/<int:invitation_id>/withdraw/",
        group_people.InvitationWithdraw.as_view(),
        name="group-invitation-withdraw",
    ),
    path(
        f"{_PEOPLE}/requests/<int:request_id>/accept/",
        group_people.RequestAnswer.as_view(),
        {"accept": True},
        name="group-request-accept",
    ),
    path(
        f"{_PEOPLE}/requests/<int:request_id>/decline/",
        group_people.RequestAnswer.as_view(),
        {"accept": False},
        name="group-request-decline",
    ),
    path("groups/join/<str:invitation>/", group_people.GroupJoin.as_view(), name="group-join"),
    path(
        "groups/asked/<int:request_id>/take-back/",
        group_people.AskTakeBack.as_view(),
        name="group-ask-take-back",
    ),
    path("groups/ask/<str:found>/", group_people.GroupAsk.as_view(), name="group-ask"),
    path(
        "groups/<int:group_id>/roles/new/",
        role_beginnings.RoleBegin.as_view(),
        name="group-role-create",
    ),
    path(
        "groups/<int:group_id>/roles/new/empty/",
        group_roles.RoleCreate.as_view(),
        name="group-role-empty",
    ),
    path(f"{_ROLE}/edit/", group_roles.RoleCheck.as_view(), name="group-role-check"),
    path(
        f"{_ROLE}/edit/dates/",
        group_roles.RoleDates.as_view(),
        {"section": "dates"},
        name="group-role-dates",
    ),
    path(
        f"{_ROLE}/edit/essentials/",
        group_roles.RoleEssentials.as_view(),
        {"section": "essentials"},
        name="group-role-essentials",
    ),
    path(
        f"{_ROLE}/edit/<slug:section>/",
        group_roles.RoleSection.as_view(),
        name="group-role-section",
    ),
    path(f"{_ROLE}/send/", group_roles.RoleSend.as_view(), name="group-role-send"),
    path(f"{_ROLE}/close/", group_roles.RoleClose.as_view(), name="group-role-close"),
    path(f"{_ROLE}/delete/", group_roles.RoleDiscard.as_view(), name="group-role-discard"),
    path(f"{_ROLE}/go-on/", group_roles.RoleGoOn.as_view(), name="group-role-go-on"),
    path(f"{_ROLE}/reopen/", group_roles.RoleReopen.as_view(), name="group-role-reopen"),
    path(f"{_ROOM}/", group_more_room.RoleMoreRoom.as_view(), name="group-role-more-room"),
    path(
        f"{_ROOM}/<int:done>/undo/",
        group_more_room.RoleRoomUndo.as_view(),
        name="group-role-room-undo",
    ),
    *(
        path(
            f"{_ROOM}/{kind.value.replace('_', '-')}/",
            group_more_room.RoleMakeRoom.as_view(),
            {"kind": kind.value},
            name=f"group-role-room-{kind.value}",
        )
        for kind in MoreRoom.Kind
    ),
    path(
        "groups/<int:group_id>/prospectuses/",
        prospectuses.ProspectusList.as_view(),
        name="group-prospectuses",
    ),
    path(
        "groups/<int:group_id>/prospectuses/mail/",
        prospectuses.ProspectusMailChoice.as_view(),
        name="group-prospectus-mail",
    ),
    path(f"{_PROSPECTUS}/", prospectuses.ProspectusDetail.as_view(), name="group-prospectus"),
    path(
        f"{_PROSPECTUS}/paper/",
        prospectuses.ProspectusPaper.as_view(),
        name="group-prospectus-paper",
    ),
    path(
        f"{_PROSPECTUS}/draft/",
        prospectuses.ProspectusDraft.as_view(),
        name="group-prospectus-draft",
    ),
    path(
        f"{_PROSPECTUS}/put-aside/",
        prospectuses.ProspectusPutAside.as_view(),
        name="group-prospectus-put-aside",
    ),
    path(
        f"{_PROSPECTUS}/take-up/",
        prospectuses.ProspectusTakeUp.as_view(),
        name="group-prospectus-take-up",
    ),
    path(
        "groups/<int:group_id>/question/",
        group_question.GroupQuestion.as_view(),
        name="group-question",
    ),
    path("groups/<int:group_id>/limits/", group_limits.GroupLimits.as_view(), name="group-limits"),
    path(
        "groups/<int:group_id>/limits/new/", group_limits.LimitSay.as_view(), name="group-limit-say"
    ),
    path(f"{_LIMIT}/", group_limits.LimitChange.as_view(), name="group-limit"),
    path(f"{_LIMIT}/end/", group_limits.LimitEnd.as_view(), name="group-limit-end"),
    path(f"{_ROLE}/copy/", role_beginnings.RoleCopy.as_view(), name="group-role-copy"),
    path(f"{_ROLE}/waiting/", role_waiting.RoleWaiting.as_view(), name="group-role-waiting"),
    path(f"{_ROLE}/applicants/", applicants.ApplicantList.as_view(), name="applicants"),
    path(f"{_ROLE}/applicants/over/", applicants.ApplicantsOver.as_view(), name="applicants-over"),
    path(
        f"{_ROLE}/applicants/answer/",
        several_applicants.AnswerSeveral.as_view(),
        name="applicants-answer",
    ),
    path(
        f"{_ROLE}/applicants/take-back/",
        several_applicants.TakeBack.as_view(),
        name="applicants-take-back",
    ),
    path(f"{_APPLICANT}/block/", blocked.BlockPerson.as_view(), name="applicant-block"),
    path(
        f"{_APPLICANT}/messages/",
        conversations.ConversationOfGroup.as_view(),
        name="applicant-messages",
    ),
    path(f"{_APPLICANT}/seen/", applicants.ApplicantSeen.as_view(), name="applicant-seen"),
    path(
        f"{_APPLICANT}/decline/",
        applicants.ApplicantDecline.as_view(),
        {"move": "decline"},
        name="applicant-decline",
    ),
    path(f"{_APPLICANT}/start/", applicants.ApplicantStart.as_view(), name="applicant-start"),
    path(
        f"{_APPLICANT}/end/",
        applicants.ApplicantEnd.as_view(),
        {"move": "end"},
        name="applicant-end",
    ),
    *(
        path(
            f"{_APPLICANT}/{move.value}/",
            applicants.ApplicantAnswer.as_view(),
            {"move": move.value},
            name=f"applicant-{move.value}",
        )
        for move in (Move.INVITE, Move.OFFER, Move.ACCEPT)
    ),
]
