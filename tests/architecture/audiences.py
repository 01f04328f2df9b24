"""For whom each address is: read by test_authorisation.py, which walks all addresses there are.

An address that is not declared here fails the suite. Columns of an audience, one for each kind of
person in the order of `tests.integration.api.cast.ROLES`: anonymous, volunteer (who asked for the
group's role), other volunteer, volunteer under 16, member of the group, member of another group,
volunteer centre, delivery group, administrator (who is of the centre too).
"""

from tests.architecture.administration import ADMINISTRATION
from tests.architecture.api_audiences import API
from tests.architecture.insights_audiences import INSIGHTS
from tests.architecture.routes import Route, button, form, page

#: What comes of asking.
IN = "in"  # the page, a form with what is wrong, or on to where the work was done
SIGN_IN = "sign in"
START = "start"  # asked what they want to do here: they have no profile of a volunteer
FORBIDDEN = "403"
NOT_THERE = "404"
CLOSED = "closed"  # not let in with this method, whatever is said

_WORDS = {
    "in": IN,
    "sign": SIGN_IN,
    "start": START,
    "403": FORBIDDEN,
    "404": NOT_THERE,
    "closed": CLOSED,
}

_AUDIENCES = """
anyone          in   in  in  in  in    in    in    in    in
signed_in       sign in  in  in  in    in    in    in    in
next            sign in  in  in  in    in    in    in    in
volunteers      sign in  in  in  start start start start start
applicant       sign in  404 404 start start start start start
own_search      sign in  404 404 404   404   404   404   404
group           sign 404 404 404 in    404   in    404   in
group_members   sign 404 404 404 in    404   404   404   404
both_sides      sign in  404 404 in    404   in    404   in
centre          sign 404 404 404 404   404   in    404   in
with_app        sign 404 404 404 404   404   in    in    in
statistics      sign 404 404 404 404   404   in    in    in
steering        sign 404 404 404 404   404   404   in    in
api_statistics  sign 404 404 404 404   404   in    in    in
api_steering    sign 404 404 404 404   404   404   in    in
administration_login sign 403 403 403 403 403 403   403   in
administration_logout in in in in in  in    in    in    closed
administrators  sign sign sign sign sign sign sign sign in
administrators_403 sign sign sign sign sign sign sign sign 403
administrators_404 sign sign sign sign sign sign sign sign 404
never           closed closed closed closed closed closed closed closed closed
not_there       404  404 404 404 404   404   404   404   404
api_signed_in   sign in  in  in  in    in    in    in    in
api_volunteers  sign in  in  in  404   404   404   404   404
api_group       sign 404 404 404 in    404   in    404   in
api_own         sign in  404 404 in    404   in    404   in
api_own_only    sign in  404 404 404   404   404   404   404
api_group_move  sign 403 404 404 in    404   in    404   in
api_own_move    sign in  404 404 403   404   in    404   in
token_only      sign sign sign sign sign sign sign sign sign
"""

#: Name of an audience → what each kind of person gets, in the order of the columns.
AUDIENCES: dict[str, tuple[str, ...]] = {
    name: tuple(_WORDS[word] for word in words)
    for name, *words in map(str.split, _AUDIENCES.strip().splitlines())
}

_ROLE = "groups/<int:group_id>/roles/<int:role_id>"
_PROSPECTUS = "groups/<int:group_id>/prospectuses/<int:prospectus_id>"
_PERSON = "desk/people/<int:person_id>"
_APPLICANT = f"{_ROLE}/applicants/<int:application_id>"

PAGES: dict[str, Route] = {
    "": page("anyone"),
    "roles/": page("anyone"),
    "roles/<int:role>/": page("anyone"),
    "roles/<int:role>/poster/": page("anyone"),
    "roles/feed/": page("anyone"),
    "robots.txt": page("anyone"),
    "sitemap.xml": page("anyone"),
    "roles/<int:role>/apply/": form("volunteers"),
    "roles/<int:role>/not-for-me/": form("volunteers"),
    "roles/<int:role>/hidden/": page("applicant"),
    "roles/<int:role>/show-again/": button("applicant"),
    "report/": form("anyone"),
    "report/sent/": page("anyone"),
    "report/role/<int:role>/": form("anyone"),
    "report/group/<int:group>/": form("anyone"),
    "report/person/<int:application>/": form("group"),
    "report/message/<int:message>/": form("both_sides"),
    "prospectus/<str:prospectus>/": page("anyone"),
    "for-groups/": page("anyone"),
    "about/": page("anyone"),
    "about/matching/": page("anyone"),
    "about/ranking/": page("anyone"),
    "about/privacy/": page("anyone"),
    "about/accessibility/": page("anyone"),
    "language/": button("anyone"),
    "about/contact/": page("anyone"),
    "about/complaints/": page("anyone"),
    "outbox/": page("anyone"),
    "outbox/texts/": page("anyone"),
    "outbox/<int:mail>/": page("anyone"),
    "health/": page("anyone"),
    "start/": form("signed_in"),
    "start/volunteer/": form("signed_in"),
    "me/": page("volunteers"),
    "me/next/": page("next"),
    "me/profile/": page("volunteers"),
    "me/profile/check/": page("volunteers"),
    "me/profile/pause/": button("volunteers"),
    "me/profile/resume/": button("volunteers"),
    "me/profile/skills/import/": form("volunteers"),
    "me/profile/skills/found/": button("volunteers"),
    "me/profile/nearer/": button("volunteers"),
    "me/parent/": form("volunteers"),
    "parents/<str:token>/": form("anyone"),
    "me/hidden/": page("volunteers"),
    "me/profile/<slug:question>/": form("volunteers", "about"),
    "me/applications/": page("volunteers"),
    "me/applications/<int:application>/": page("applicant"),
    "me/applications/<int:application>/withdraw/": form("applicant"),
    "me/applications/<int:application>/take-up/": button("applicant"),
    "me/applications/<int:application>/start/": button("applicant"),
    "me/applications/<int:application>/end/": form("applicant"),
    "me/applications/<int:application>/messages/": form("applicant"),
    "me/applications/<int:application>/sharing/": form("applicant"),
    "roles/<int:role>/wait/": form("volunteers"),
    "me/meanwhile/": page("volunteers"),
    "me/meanwhile/<int:link>/": page("volunteers"),
    "me/meanwhile/<int:link>/done/": button("volunteers"),
    "me/meanwhile/<int:link>/not-done/": button("volunteers"),
    "me/waiting/": page("volunteers"),
    "me/waiting/join/": form("volunteers"),
    "me/waiting/<int:entry>/leave/": form("applicant"),
    "me/offers/<int:offer>/": page("applicant"),
    "me/offers/<int:offer>/yes/": button("applicant"),
    "me/offers/<int:offer>/no/": form("applicant"),
    "me/suggestions/<int:suggestion>/": page("applicant"),
    "me/suggestions/<int:suggestion>/yes/": button("applicant"),
    "me/suggestions/<int:suggestion>/no/": form("applicant"),
    "me/blocked/": page("volunteers"),
    "me/blocked/<int:group>/": form("volunteers"),
    "me/equality/": form("signed_in"),
    "me/equality/delete/": page("signed_in"),
    "me/equality/deleted/": button("signed_in"),
    "me/messages/": page("signed_in"),
    "me/messages/read/": button("signed_in"),
    "me/searches/": page("signed_in"),
    "me/searches/new/": form("signed_in"),
    "me/searches/<int:search>/": form("own_search"),
    "me/searches/<int:search>/delete/": button("own_search"),
    "searches/<str:token>/": form("anyone", "search_token"),
    "roles/follow/": form("anyone"),
    "roles/follow/asked/": page("anyone"),
    "follow/<str:token>/": form("anyone", "followed_token"),
    "follow/<str:token>/stop/": form("anyone", "followed_token"),
    "me/notifications/": page("signed_in"),
    "me/notifications/quiet-hours/": form("signed_in"),
    "me/notifications/<slug:topic>/": form("signed_in", "reminders"),
    "stop/<str:token>/": form("anyone", "stop_token"),
    "t/<str:token>/": form("anyone", "text_token"),
    "stop/undo/<str:token>/": button("anyone", "undo_token"),
    "me/account/data/": page("signed_in"),
    "me/account/data/file/": page("signed_in"),
    "me/account/delete/": page("signed_in"),
    "me/account/delete/confirm/": form("signed_in"),
    "me/account/": page("signed_in"),
    "me/account/details/": form("signed_in"),
    "me/account/sign-out-everywhere/": form("signed_in"),
    "me/account/signed-in/": page("signed_in"),
    "me/account/signed-in/<int:number>/end/": button("own_search", "sign_in"),
    "me/account/signed-in/end-others/": button("signed_in"),
    "groups/": page("signed_in"),
    "groups/register/": form("signed_in"),
    "groups/register/<slug:step>/": form("signed_in", "contact"),
    "groups/<int:group_id>/": page("group"),
    "groups/<int:group_id>/edit/": form("group"),
    "groups/<int:group_id>/people/": page("group"),
    "groups/<int:group_id>/people/invite/": form("group"),
    "groups/<int:group_id>/people/leave/": form("group_members"),
    "groups/<int:group_id>/people/<int:membership_id>/": form("group"),
    "groups/<int:group_id>/people/<int:membership_id>/remove/": form("group"),
    "groups/<int:group_id>/people/invitations/<int:invitation_id>/withdraw/": button("group"),
    "groups/<int:group_id>/people/requests/<int:request_id>/accept/": button("group"),
    "groups/<int:group_id>/people/requests/<int:request_id>/decline/": button("group"),
    "groups/join/<str:invitation>/": form("signed_in"),
    "groups/ask/<str:found>/": form("signed_in"),
    "groups/asked/<int:request_id>/take-back/": button("own_search"),
    "groups/<int:group_id>/roles/new/": form("group"),
    "groups/<int:group_id>/roles/new/empty/": form("group"),
    f"{_ROLE}/edit/": page("group"),
    f"{_ROLE}/edit/dates/": form("group"),
    f"{_ROLE}/edit/essentials/": form("group"),
    f"{_ROLE}/edit/<slug:section>/": form("group", "work"),
    f"{_ROLE}/send/": button("group"),
    f"{_ROLE}/close/": form("group"),
    f"{_ROLE}/delete/": form("group"),
    f"{_ROLE}/go-on/": button("group"),
    f"{_ROLE}/reopen/": button("group"),
    f"{_ROLE}/copy/": button("group"),
    f"{_ROLE}/waiting/": form("group"),
    f"{_ROLE}/more-room/": page("group"),
    f"{_ROLE}/more-room/shifts/": form("group"),
    f"{_ROLE}/more-room/job-share/": form("group"),
    f"{_ROLE}/more-room/turns/": form("group"),
    f"{_ROLE}/more-room/second-group/": form("group"),
    f"{_ROLE}/more-room/<int:done>/undo/": button("group"),
    "groups/<int:group_id>/prospectuses/": page("group"),
    "groups/<int:group_id>/prospectuses/mail/": form("group"),
    f"{_PROSPECTUS}/": page("group"),
    f"{_PROSPECTUS}/paper/": page("group"),
    f"{_PROSPECTUS}/draft/": button("group"),
    f"{_PROSPECTUS}/put-aside/": button("group"),
    f"{_PROSPECTUS}/take-up/": button("group"),
    "groups/<int:group_id>/question/": form("group"),
    "groups/<int:group_id>/limits/": page("group"),
    "groups/<int:group_id>/limits/new/": form("group"),
    "groups/<int:group_id>/limits/<int:limit_id>/": form("group"),
    "groups/<int:group_id>/limits/<int:limit_id>/end/": button("group"),
    f"{_ROLE}/applicants/": page("group"),
    f"{_ROLE}/applicants/over/": page("group"),
    f"{_ROLE}/applicants/answer/": form("group"),
    f"{_ROLE}/applicants/take-back/": button("group"),
    f"{_APPLICANT}/block/": form("group"),
    f"{_APPLICANT}/messages/": form("group"),
    f"{_APPLICANT}/seen/": button("group"),
    f"{_APPLICANT}/decline/": form("group"),
    f"{_APPLICANT}/start/": button("group"),
    f"{_APPLICANT}/end/": form("group"),
    f"{_APPLICANT}/invite/": form("group"),
    f"{_APPLICANT}/offer/": form("group"),
    f"{_APPLICANT}/accept/": form("group"),
    "desk/": page("centre"),
    "desk/queues/<slug:queue>/": page("centre", "silent-groups"),
    "desk/queues/<slug:queue>/<int:row>/note/": form("centre", "silent-groups"),
    "desk/queues/<slug:queue>/<int:row>/bring-back/": button("centre", "silent-groups"),
    "desk/people/": page("centre"),
    "desk/people/register/": form("centre"),
    f"{_PERSON}/": page("centre"),
    f"{_PERSON}/note/": form("centre"),
    f"{_PERSON}/details/": form("centre"),
    f"{_PERSON}/way/": form("centre"),
    f"{_PERSON}/email/": form("centre"),
    f"{_PERSON}/suspend/": form("centre"),
    f"{_PERSON}/reinstate/": button("centre"),
    f"{_PERSON}/pause/": button("centre"),
    f"{_PERSON}/go-on/": button("centre"),
    f"{_PERSON}/second-step/": form("centre"),
    f"{_PERSON}/call/": form("centre"),
    f"{_PERSON}/profile/<slug:question>/": form("centre", "about"),
    f"{_PERSON}/roles/": page("centre"),
    f"{_PERSON}/roles/<int:role_id>/apply/": form("centre"),
    f"{_PERSON}/applications/<int:application_id>/withdraw/": form("centre"),
    f"{_PERSON}/applications/<int:application_id>/take-up/": button("centre"),
    f"{_PERSON}/applications/<int:application_id>/messages/": form("centre"),
    f"{_PERSON}/applications/<int:application_id>/sharing/": form("centre"),
    f"{_PERSON}/applications/<int:application_id>/started/": button("centre"),
    f"{_PERSON}/applications/<int:application_id>/stopped/": form("centre"),
    f"{_PERSON}/roles/<int:role_id>/wait/": form("centre"),
    f"{_PERSON}/waiting/join/": form("centre"),
    f"{_PERSON}/waiting/<int:entry>/leave/": form("centre"),
    f"{_PERSON}/applications/<int:application_id>/times/": form("centre"),
    f"{_PERSON}/applications/<int:application_id>/hours/": form("centre"),
    f"{_PERSON}/still-going/<int:still_going>/yes/": button("centre"),
    f"{_PERSON}/still-going/<int:still_going>/no/": form("centre"),
    f"{_PERSON}/parent/": form("centre"),
    f"{_PERSON}/data/": form("centre"),
    f"{_PERSON}/delete/": form("centre"),
    f"{_PERSON}/suggestions/<int:suggestion>/yes/": button("centre"),
    f"{_PERSON}/suggestions/<int:suggestion>/no/": form("centre"),
    f"{_PERSON}/suggestions/<int:suggestion>/take-back/": form("centre"),
    f"{_PERSON}/offers/<int:offer_id>/yes/": button("centre"),
    f"{_PERSON}/offers/<int:offer_id>/no/": form("centre"),
    "desk/letters/new/": button("centre"),
    "desk/letters/": page("centre"),
    "desk/letters/<int:batch_id>/": page("centre"),
    "desk/letters/<int:batch_id>/posted/": button("centre"),
    "desk/letters/<int:batch_id>/not-posted/": button("centre"),
    "desk/letters/<int:batch_id>/put-back/": button("centre"),
    "desk/letters/<int:batch_id>/pdf/": page("centre"),
    "desk/groups/register/": form("centre"),
    "desk/groups/": page("centre"),
    "desk/groups/<int:group_id>/": page("centre"),
    "desk/groups/<int:group_id>/note/": form("centre"),
    "desk/groups/<int:group_id>/verify/": form("centre"),
    "desk/groups/<int:group_id>/suspend/": form("centre"),
    "desk/groups/<int:group_id>/confirm-name/": button("centre"),
    "desk/groups/<int:group_id>/reinstate/": button("centre"),
    "desk/concerns/": page("centre"),
    "desk/concerns/<int:concern>/": form("centre"),
    "desk/concerns/<int:concern>/close/": form("centre"),
    "desk/concerns/<int:concern>/hide-role/": form("centre"),
    "desk/concerns/<int:concern>/suspend-group/": form("centre"),
    "desk/concerns/<int:concern>/suspend-person/": form("centre"),
    "desk/concerns/<int:concern>/act/": button("centre"),
    "desk/roles/": page("centre"),
    "desk/roles/<int:role_id>/": page("centre"),
    "desk/roles/<int:role_id>/publish/": button("centre"),
    "desk/roles/<int:role_id>/send-back/": form("centre"),
    "desk/roles/<int:role_id>/hide/": form("centre"),
    "desk/roles/<int:role_id>/people/": page("centre"),
    "desk/useful-links/": page("centre"),
    "desk/useful-links/new/": form("centre"),
    "desk/useful-links/<int:link>/": form("centre"),
    "desk/limits/": page("centre"),
    "desk/roles/<int:role_id>/people/<int:volunteer_id>/suggest/": button("centre"),
    "desk/rounds/": page("centre"),
    "desk/rounds/new/": form("centre"),
    "desk/rounds/<int:round_id>/": page("centre"),
    "desk/rounds/<int:round_id>/send/": form("centre"),
    "desk/rounds/<int:round_id>/discard/": button("centre"),
    "desk/rounds/<int:round_id>/people/<int:suggestion_id>/remove/": button("centre"),
    "desk/rounds/<int:round_id>/people/<int:suggestion_id>/swap/": form("centre"),
    "desk/rounds/<int:round_id>/people/<int:suggestion_id>/take-back/": form("centre"),
    "desk/rankings/new/": button("centre"),
    "desk/jobs/": page("centre"),
    "desk/jobs/retry/": button("centre"),
    "desk/jobs/<int:job_id>/retry/": button("centre"),
}

#: What follows once somebody has a place.
VOLUNTEERING: dict[str, Route] = {
    "me/volunteering/": page("volunteers"),
    "me/volunteering/<int:place>/coming/": button("applicant"),
    "me/volunteering/hours/": page("volunteers"),
    "me/volunteering/hours/new/": form("volunteers"),
    "me/volunteering/hours/<int:hours>/": form("applicant"),
    "me/volunteering/hours/<int:hours>/remove/": button("applicant"),
    "me/volunteering/hours/<int:hours>/object/": form("applicant"),
    "me/volunteering/calendar/": page("volunteers"),
    "me/volunteering/calendar/new/": button("volunteers"),
    "me/volunteering/calendar/stop/": button("applicant"),
    "calendar/<str:feed>.ics": page("anyone"),
    "me/volunteering/record/": page("volunteers"),
    "me/volunteering/record/new/": button("volunteers"),
    "me/volunteering/record/<int:record>/pdf/": page("applicant"),
    "me/volunteering/record/<int:record>/revoke/": button("applicant"),
    "record/<slug:code>/": page("not_there"),
    "still-going/<str:answer>/": form("anyone"),
    "still-going/<str:answer>/stopped/": form("anyone"),
    "check-in/": form("volunteers"),
    "check-in/<slug:code>/": form("volunteers"),
    "groups/<int:group_id>/hours/": form("group"),
    "groups/<int:group_id>/hours/<int:hours_id>/ask/": form("group"),
    f"{_ROLE}/volunteers/": page("group"),
    f"{_ROLE}/volunteers/<int:place_id>/hours/": form("group"),
    f"{_ROLE}/sessions/<slug:when>/": form("group"),
    f"{_ROLE}/sessions/<slug:when>/check-in/": page("group"),
}

ACCOUNTS: dict[str, Route] = {
    "accounts/login/": form("anyone"),
    "accounts/logout/": form("anyone"),
    "accounts/inactive/": page("anyone"),
    "accounts/signup/": form("anyone"),
    "accounts/reauthenticate/": form("signed_in"),
    "accounts/email/": form("signed_in"),
    "accounts/confirm-email/": page("anyone"),
    "accounts/password/change/": form("signed_in"),
    "accounts/password/set/": form("signed_in"),
    "accounts/password/reset/": form("anyone"),
    "accounts/login/code/confirm/": form("anyone"),
    r"accounts/^confirm-email/(?P<key>[-:\w]+)/$": Route(
        get="anyone", post="not_there", path="accounts/confirm-email/made-up-key/"
    ),
    "accounts/password/reset/key/done/": page("anyone"),
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Route(
        get="anyone", post="anyone", path="accounts/password/reset/key/1-made-up-key/"
    ),
    "accounts/password/reset/done/": page("anyone"),
    "accounts/2fa/": page("signed_in"),
    "accounts/2fa/authenticate/": form("anyone"),
    "accounts/2fa/reauthenticate/": form("signed_in"),
    "accounts/2fa/totp/activate/": form("signed_in"),
    "accounts/2fa/totp/deactivate/": form("with_app"),
    "accounts/2fa/recovery-codes/": page("with_app"),
    "accounts/2fa/recovery-codes/generate/": form("signed_in"),
    # Whatever is sent there, a code is asked for first.
    "accounts/2fa/recovery-codes/download/": form("with_app"),
}

ROUTES: dict[str, Route] = {
    **PAGES,
    **VOLUNTEERING,
    **ACCOUNTS,
    **API,
    **ADMINISTRATION,
    **INSIGHTS,
}
