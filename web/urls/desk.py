"""Pages of the volunteer centre."""

from django.urls import path

from web.views.desk import (
    acting,
    answering,
    concerns,
    groups,
    home,
    jobs,
    limits,
    own_data,
    parents,
    people,
    places,
    queues,
    register,
    roles,
    rounds,
    standing,
    telling,
    useful_links,
    waiting,
    writing,
)

_GROUP, _ROLE = "desk/groups/<int:group_id>", "desk/roles/<int:role_id>"
_ROUND = "desk/rounds/<int:round_id>"
_QUEUE, _PERSON = "desk/queues/<slug:queue>", "desk/people/<int:person_id>"
_ASKED = f"{_PERSON}/applications/<int:application_id>"

_LETTERS = "desk/letters/<int:batch_id>"
_CONCERN = "desk/concerns/<int:concern>"

urlpatterns = [
    path("desk/", home.Desk.as_view(), name="desk"),
    path(f"{_QUEUE}/", queues.QueuePage.as_view(), name="desk-queue"),
    path(f"{_QUEUE}/<int:row>/note/", queues.QueueNote.as_view(), name="desk-queue-note"),
    path(
        f"{_QUEUE}/<int:row>/bring-back/",
        queues.QueueBringBack.as_view(),
        name="desk-queue-bring-back",
    ),
    path("desk/people/", people.DeskPeople.as_view(), name="desk-people"),
    path("desk/people/register/", register.RegisterPerson.as_view(), name="desk-register-person"),
    path(f"{_PERSON}/", people.DeskPerson.as_view(), name="desk-person"),
    path(f"{_PERSON}/note/", people.PersonNote.as_view(), name="desk-person-note"),
    path(f"{_PERSON}/details/", people.PersonDetails.as_view(), name="desk-person-details"),
    path(f"{_PERSON}/way/", people.PersonWay.as_view(), name="desk-person-way"),
    path(f"{_PERSON}/email/", people.PersonEmail.as_view(), name="desk-person-email"),
    path(f"{_PERSON}/suspend/", standing.PersonSuspend.as_view(), name="desk-person-suspend"),
    path(f"{_PERSON}/reinstate/", standing.PersonReinstate.as_view(), name="desk-person-reinstate"),
    path(f"{_PERSON}/pause/", acting.PauseForPerson.as_view(), name="desk-person-pause"),
    path(f"{_PERSON}/go-on/", acting.GoOnForPerson.as_view(), name="desk-person-go-on"),
    path(
        f"{_PERSON}/second-step/",
        standing.PersonResetSecondStep.as_view(),
        name="desk-person-reset-second-step",
    ),
    path(f"{_PERSON}/call/", telling.Call.as_view(), name="desk-call"),
    path(
        f"{_PERSON}/profile/<slug:question>/",
        acting.ActOnQuestion.as_view(),
        name="desk-person-question",
    ),
    path(f"{_PERSON}/roles/", acting.RolesForPerson.as_view(), name="desk-person-roles"),
    path(
        f"{_PERSON}/roles/<int:role_id>/apply/",
        acting.ApplyForPerson.as_view(),
        name="desk-person-apply",
    ),
    path(
        f"{_PERSON}/applications/<int:application_id>/withdraw/",
        acting.WithdrawForPerson.as_view(),
        name="desk-person-withdraw",
    ),
    path(
        f"{_PERSON}/applications/<int:application_id>/take-up/",
        acting.TakeUpForPerson.as_view(),
        name="desk-person-take-up",
    ),
    path(
        f"{_ASKED}/messages/",
        writing.ConversationForPerson.as_view(),
        name="desk-person-messages",
    ),
    path(f"{_ASKED}/sharing/", writing.SharingForPerson.as_view(), name="desk-person-sharing"),
    path(f"{_ASKED}/started/", places.StartForPerson.as_view(), name="desk-person-started"),
    path(f"{_ASKED}/stopped/", places.EndForPerson.as_view(), name="desk-person-stopped"),
    path(
        f"{_PERSON}/roles/<int:role_id>/wait/",
        waiting.WaitForPerson.as_view(),
        name="desk-person-wait",
    ),
    path(
        f"{_PERSON}/waiting/join/", waiting.WaitForKind.as_view(), name="desk-person-wait-for-kind"
    ),
    path(
        f"{_PERSON}/waiting/<int:entry>/leave/",
        waiting.LeaveListForPerson.as_view(),
        name="desk-person-leave-list",
    ),
    path(f"{_ASKED}/times/", places.TimesForPerson.as_view(), name="desk-person-times"),
    path(f"{_ASKED}/hours/", places.HoursForPerson.as_view(), name="desk-person-hours"),
    path(
        f"{_PERSON}/still-going/<int:still_going>/yes/",
        places.StillGoingForPerson.as_view(),
        name="desk-still-going-yes",
    ),
    path(
        f"{_PERSON}/still-going/<int:still_going>/no/",
        places.StoppedForPerson.as_view(),
        name="desk-still-going-no",
    ),
    path(f"{_PERSON}/parent/", parents.AskParentForPerson.as_view(), name="desk-person-parent"),
    path(f"{_PERSON}/data/", own_data.GiveData.as_view(), name="desk-person-data"),
    path(f"{_PERSON}/delete/", own_data.EraseForPerson.as_view(), name="desk-person-delete"),
    path(
        f"{_PERSON}/suggestions/<int:suggestion>/yes/",
        answering.SuggestionYesForPerson.as_view(),
        name="desk-suggestion-yes",
    ),
    path(
        f"{_PERSON}/suggestions/<int:suggestion>/no/",
        answering.SuggestionNoForPerson.as_view(),
        name="desk-suggestion-no",
    ),
    path(
        f"{_PERSON}/suggestions/<int:suggestion>/take-back/",
        rounds.TakeBackOfPerson.as_view(),
        name="desk-suggestion-take-back",
    ),
    path(
        f"{_PERSON}/offers/<int:offer_id>/yes/",
        answering.OfferYesForPerson.as_view(),
        name="desk-offer-yes",
    ),
    path(
        f"{_PERSON}/offers/<int:offer_id>/no/",
        answering.OfferNoForPerson.as_view(),
        name="desk-offer-no",
    ),
    path("desk/letters/new/", telling.PrintLetters.as_view(), name="desk-print-letters"),
    path("desk/letters/", telling.AllLetters.as_view(), name="desk-all-letters"),
    path(f"{_LETTERS}/", telling.Letters.as_view(), name="desk-letters"),
    path(f"{_LETTERS}/posted/", telling.LettersPosted.as_view(), name="desk-letters-posted"),
    path(
        f"{_LETTERS}/not-posted/",
        telling.LettersNotPosted.as_view(),
        name="desk-letters-not-posted",
    ),
    path(f"{_LETTERS}/put-back/", telling.LettersPutBack.as_view(), name="desk-letters-put-back"),
    path(
        f"{_LETTERS}/pdf/",
        telling.LettersDocument.as_view(),
        name="desk-letters-pdf",
    ),
    path("desk/groups/register/", register.RegisterGroup.as_view(), name="desk-register-group"),
    path("desk/groups/", groups.DeskGroups.as_view(), name="desk-groups"),
    path(f"{_GROUP}/", groups.DeskGroup.as_view(), name="desk-group"),
    path(f"{_GROUP}/note/", groups.GroupNote.as_view(), name="desk-group-note"),
    path(f"{_GROUP}/verify/", groups.GroupVerify.as_view(), name="desk-group-verify"),
    path(f"{_GROUP}/suspend/", groups.GroupSuspend.as_view(), name="desk-group-suspend"),
    path(
        f"{_GROUP}/confirm-name/",
        groups.GroupConfirmName.as_view(),
        name="desk-group-confirm-name",
    ),
    path(f"{_GROUP}/reinstate/", groups.GroupReinstate.as_view(), name="desk-group-reinstate"),
    path("desk/roles/", roles.DeskRoles.as_view(), name="desk-roles"),
    path(f"{_ROLE}/", roles.DeskRole.as_view(), name="desk-role"),
    path(f"{_ROLE}/publish/", roles.RolePublish.as_view(), name="desk-role-publish"),
    path(f"{_ROLE}/send-back/", roles.RoleSendBack.as_view(), name="desk-role-send-back"),
    path(f"{_ROLE}/hide/", roles.RoleHide.as_view(), name="desk-role-hide"),
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
    path(
        f"{_ROUND}/people/<int:suggestion_id>/take-back/",
        rounds.TakeBackOfRound.as_view(),
        name="desk-round-take-back",
    ),
    path("desk/useful-links/", useful_links.UsefulLinks.as_view(), name="desk-useful-links"),
    path(
        "desk/useful-links/new/", useful_links.UsefulLinkAdd.as_view(), name="desk-useful-link-add"
    ),
    path(
        "desk/useful-links/<int:link>/",
        useful_links.UsefulLinkChange.as_view(),
        name="desk-useful-link",
    ),
    path("desk/limits/", limits.DeskLimits.as_view(), name="desk-limits"),
    path("desk/rankings/new/", jobs.RankEverybody.as_view(), name="desk-rank-everybody"),
    path("desk/jobs/", jobs.DeskJobs.as_view(), name="desk-jobs"),
    path("desk/jobs/retry/", jobs.JobRetryAll.as_view(), name="desk-jobs-retry"),
    path("desk/jobs/<int:job_id>/retry/", jobs.JobRetry.as_view(), name="desk-job-retry"),
    path("desk/concerns/", concerns.DeskConcerns.as_view(), name="desk-concerns"),
    path(f"{_CONCERN}/", concerns.DeskConcern.as_view(), name="desk-concern"),
    path(f"{_CONCERN}/close/", concerns.ConcernClose.as_view(), name="desk-concern-close"),
    path(
        f"{_CONCERN}/hide-role/", concerns.ConcernHideRole.as_view(), name="desk-concern-hide-role"
    ),
    path(
        f"{_CONCERN}/suspend-group/",
        concerns.ConcernSuspendGroup.as_view(),
        name="desk-concern-suspend-group",
    ),
    path(
        f"{_CONCERN}/suspend-person/",
        concerns.ConcernSuspendPerson.as_view(),
        name="desk-concern-suspend-person",
    ),
    path(f"{_CONCERN}/act/", concerns.ConcernAct.as_view(), name="desk-concern-act"),
]
