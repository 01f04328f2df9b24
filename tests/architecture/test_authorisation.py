"""Who is let in where: every address × method × kind of person, against a declared table.

Complete by construction: the addresses are read from the resolver (pages, accounts, API,
administration), and one that audiences.py does not declare fails. The API's own methods and answers
with tokens stand in tests/integration/api/test_access.py; here it is asked with a session.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import AuditEntry, User
from config import urls
from core.clock import now, today
from core.models import Activity, Cause, Language, Skill
from desk.models import LetterBatch
from insights.models import RolePlan, Simulation, Target, YearlyQuestion
from insights.periods import Period
from insights.services import figures
from matching.models import (
    AllocationPlan,
    HiddenRole,
    Invitation,
    LearnedWeights,
    ModelVersion,
    PlacementRound,
    RankingRun,
    Suggestion,
)
from notifications import stopping
from notifications.models import ByMail, Notification, SentMail
from notifications.topics import TOPICS
from opportunities.links import group_token, invitation_token
from opportunities.models import CapacityLimit, GroupInvitation, JoinRequest, MoreRoom
from opportunities.services import followed_searches, saved_searches
from placements import calendar, service_record
from placements.models import Concern, Message, ServiceRecord, StillGoing, TimedOffer, UsefulLink
from placements.services import still_going
from tests.architecture.audiences import (
    AUDIENCES,
    CLOSED,
    FORBIDDEN,
    IN,
    NOT_THERE,
    ROUTES,
    SIGN_IN,
    START,
)
from tests.architecture.routes import Route
from tests.factories.core import FactFactory
from tests.factories.figures import made_figures
from tests.factories.insights import (
    SEGMENT_FIGURES,
    CampaignFactory,
    ProspectusFactory,
    SegmentFactory,
)
from tests.factories.opportunities import SavedSearchFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.integration.api.cast import ROLES, Cast, assemble

pytestmark = pytest.mark.django_db

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
#: Addresses of what belongs to one group, one person, or the volunteer centre.
OWN = (
    "groups/<int:group_id>/",
    "me/applications/<int:application>/",
    "me/waiting/<int:entry>/",
    "me/offers/<int:offer>/",
    "me/volunteering/hours/<int:hours>/",
    "me/volunteering/<int:place>/",
    "me/suggestions/<int:suggestion>/",
    "desk/",
    "api/v1/applications/<int:pk>/",
    "api/v1/waiting-lists/<int:pk>/",
    "api/v1/offers/<int:pk>/",
    "api/v1/suggestions/<int:pk>/",
    "api/v1/placements/<int:pk>/",
    "api/v1/hours/<int:pk>/",
    "api/v1/service-records/<int:pk>/",
    "api/v1/organisations/<int:pk>/hours/",
    "api/v1/organisations/<int:pk>/limits/",
    "api/v1/organisations/<int:pk>/answering/",
    "api/v1/organisations/<int:pk>/live-count/",
    "api/v1/opportunities/<int:pk>/waiting-list/",
    "api/v1/opportunities/<int:pk>/volunteers/",
    "api/v1/opportunities/<int:pk>/times/",
    "api/v1/opportunities/<int:pk>/answers/",
)
#: Matches the administration's list of one app's rows, whose address holds all apps' names.
_APP_LIST = re.compile(r"administration/\^\(\?P<app_label>[a-z_|]+\)/\$")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address of the service, as the resolver knows it."""
    for entry in resolver.url_patterns:
        address = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield address
        else:
            yield from addresses(entry, address)


def declared(address: str) -> Route:
    if _APP_LIST.fullmatch(address):
        return Route("administrators", "administrators", path="administration/core/")
    return ROUTES[address]


ADDRESSES = sorted(set(addresses(get_resolver())))


def _by_family() -> dict[str, list[str]]:
    families: dict[str, list[str]] = {}
    for address in ADDRESSES:
        families.setdefault(address.partition("/")[0] or "home", []).append(address)
    return families


#: Addresses by their first word: one test for each, since making the people takes a while.
FAMILIES = _by_family()


def _rankings(cast: Cast) -> dict[str, object]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    run = RankingRun.objects.create()
    plan = AllocationPlan.objects.create(run=run, policy="p", model_version="v", made_at=at)
    learned = LearnedWeights.objects.create(
        **dict.fromkeys(
            ("learned_at", "state_since", "first_shown_at", "held_back_from", "last_shown_at"), at
        ),
        **{name: {} for name in ("weights", "neutral", "calibration", "metrics")},
        state=LearnedWeights.State.REFUSED,
        why=LearnedWeights.Why.WORSE,
        showings=1,
        outcomes=1,
    )
    invited = Invitation.objects.create(
        plan=plan, volunteer=cast.volunteer, opportunity=cast.role, made_at=at
    )
    model = ModelVersion.objects.create(version="v", fitted_at=at, roles=1, fingerprint="f")
    return {
        "matching/allocationplan": plan.pk,
        "matching/invitation": invited.pk,
        "matching/learnedweights": learned.pk,
        "matching/modelversion": model.pk,
        "matching/rankingrun": run.pk,
    }


def _waiting(cast: Cast) -> dict[str, object]:
    entry = WaitingListEntryFactory(volunteer=cast.volunteer, activity="gardening")
    offer = TimedOffer.objects.create(
        entry=entry,
        volunteer=cast.volunteer,
        opportunity=cast.other_role,
        made_at=now(),
        answer_by=now() + timedelta(days=1),
    )
    return {"entry": entry.pk, "offer": offer.pk, "offer_id": offer.pk}


def _joining(cast: Cast) -> dict[str, object]:
    """An invitation and a request to act for the group, and links for those who join."""
    invited = GroupInvitation.objects.create(
        organisation=cast.group,
        email="made-up@example.org",
        expires_at=datetime(2999, 1, 1, tzinfo=UTC),
    )
    asked = JoinRequest.objects.create(organisation=cast.group, user=cast.volunteer.user)
    return {
        "invitation_id": invited.pk,
        "request_id": asked.pk,
        "invitation": invitation_token(invited.pk),
        "found": group_token(cast.group.pk),
    }


def _suggestions(cast: Cast) -> dict[str, object]:
    drawn_up = PlacementRound.objects.create()
    pair = {"volunteer": cast.volunteer, "opportunity": cast.other_role}
    return {
        "round_id": drawn_up.pk,
        "suggestion_id": Suggestion.objects.create(round=drawn_up, **pair).pk,
        "suggestion": Suggestion.objects.create(
            state="sent", sent_at=now(), answer_by=now() + timedelta(days=1), **pair
        ).pk,
        "volunteer_id": cast.volunteer.pk,
    }


def _figures() -> str:
    """Figures of the last month and of the year, whose code it gives."""
    year = Period.year_of(today())
    made_figures(year.code, {"placed": 80, "applied": 200}, closed=False)
    last = Period.month_of(today()).before()
    totals = {"people_waiting": 230, "placed": 80}
    # Also the question that groups can answer today.
    YearlyQuestion.objects.create(year=year.code, opens=today(), closes=today(), asked=2)
    made_figures(last.code, totals, {("people_waiting", "ward"): [10] * 23})
    return year.code


def subjects(cast: Cast) -> dict[str, object]:
    """What the words in addresses stand for: always the group's or the volunteer's own."""
    HiddenRole.objects.create(volunteer=cast.volunteer, opportunity=cast.role, reason="too_far")
    rows = {
        "accounts/auditentry": AuditEntry.objects.create(
            action="made.up", subject_type="user", subject_id=1
        ).pk,
        "accounts/user": cast.volunteer.user.pk,
        "axes/accessattempt": _attempt(AccessAttempt, failures_since_start=1).pk,
        "axes/accessfailurelog": _attempt(AccessFailureLog).pk,
        "axes/accesslog": _attempt(AccessLog).pk,
        "core/activity": Activity.objects.earliest("pk").pk,
        "core/cause": Cause.objects.earliest("pk").pk,
        "core/fact": FactFactory().pk,
        "core/language": Language.objects.earliest("pk").pk,
        "core/skill": Skill.objects.earliest("pk").pk,
        **_rankings(cast),
        "notifications/notification": Notification.objects.create(
            recipient=cast.volunteer.user, kind="made.up", key="made up", subject="s", body="b"
        ).pk,
        "opportunities/opportunity": cast.role.pk,
        "opportunities/organisation": cast.group.pk,
        "placements/application": cast.application.pk,
        "volunteers/volunteer": cast.volunteer.pk,
    }
    return rows | {
        "role": cast.role.pk,
        "role_id": cast.role.pk,
        "group": cast.group.pk,
        "group_id": cast.group.pk,
        "membership_id": cast.group.memberships.get().pk,
        **_joining(cast),
        "prospectus_id": ProspectusFactory(organisation=cast.group).pk,
        "campaign_id": CampaignFactory().pk,
        "limit_id": CapacityLimit.objects.create(organisation=cast.group, reason="premises").pk,
        "done": (step := MoreRoom.objects.create(opportunity=cast.role, kind="job_share").pk),
        "step_id": step,
        "application": cast.application.pk,
        "application_id": cast.application.pk,
        "offered": cast.offered.pk,
        "placed": cast.placed.pk,
        "place": cast.placed.pk,
        "place_id": ApplicationFactory(opportunity=cast.role, state="accepted").pk,
        "hours": (hours := HoursEntryFactory(application=cast.placed).pk),
        "hours_id": hours,
        "when": today().isoformat(),
        "code": "ABCDEF",
        "feed": calendar.token_of(calendar.renew(volunteer=cast.volunteer, by=None)),
        "record": ServiceRecord.objects.create(
            volunteer=cast.volunteer,
            code="MADEUP",
            contents=service_record.contents_of(cast.volunteer),
            language="en-gb",
            expires_at=now(),
        ).pk,
        "answer": still_going.address_of(
            StillGoing.objects.create(application=cast.placed, months=1)
        ).split("/")[2],
        "message": Message.objects.create(
            application=cast.application, side="group", words="w", sent_at=datetime.now(UTC)
        ).pk,
        "link": UsefulLink.objects.create(
            kind="training", title="A course", address="https://www.example.org/"
        ).pk,
        "concern": Concern.objects.create(kind="other", words="w").pk,
        "measure": "placed",
        "period": _worked_out(),
        "target": Target.objects.create(
            measure="placed", value=1, begins=today().replace(day=1), set_at=now()
        ).pk,
        "year": _figures(),
        "mail": SentMail.objects.create(message_id="made up", sender="s", subject="Hello").pk,
        # Signed links work for whoever has them; without one there is nothing.
        "stop_token": stopping.token_for(cast.volunteer.user.pk, [TOPICS["reminders"]]),
        "search": (search := SavedSearchFactory(user=cast.volunteer.user)).pk,
        "search_token": saved_searches.token_for(search),
        "followed_token": followed_searches.token_for(
            SavedSearchFactory(user=None, email="follower@example.org")
        ),
        "undo_token": stopping.undo_token(cast.volunteer.user.pk, {"reminders": ByMail.DAILY}),
        **_waiting(cast),
        "row": cast.group.pk,
        **_suggestions(cast),
        "planned_role": _planned_role(),
        "segment": SegmentFactory(published=SEGMENT_FIGURES, published_month=_this_month()).pk,
        "simulation": Simulation.objects.create(
            asked_at=now(), seasons_wanted=1, answer_soon=True
        ).pk,
        "person_id": cast.volunteer.user.pk,
        "batch_id": LetterBatch.objects.create(by=cast.users["broker"]).pk,
        "job_id": FactFactory(
            state="set_aside", finished_at=datetime(2026, 1, 1, tzinfo=UTC), kind="heartbeat"
        ).pk,
    }


def _worked_out() -> str:
    """The code of a month of which there are figures."""
    month = Period.month_of(today())
    figures.refresh(month)
    return month.code


def _this_month() -> str:
    return Period.month_of(today()).code


def _planned_role() -> int:
    """The place of a role in the plan of roles worth creating."""
    role = {"activity": "gardening", "time": "saturday", "ward": "", "places": 1, "could": 9}
    none: dict[str, object] = {
        "people": 9,
        "without": 9,
        "waits": [9, 0, 0, 0],
        "wards": {},
        "slots": [0] * 21,
    }
    RolePlan.objects.create(
        made_at=now(), waiting=9, placeable=0, roles=[role | none | {"hosts": []}]
    )
    return 1


def path_of(address: str, route: Route, known: dict[str, object]) -> str:
    if route.path:
        return f"/{route.path}"
    chosen = known.get(route.subject, route.subject)
    return "/" + _PART.sub(lambda part: str(known.get(part[1], chosen or "0")), address)


def outcome(response: HttpResponse) -> str:
    """What came of a request, in the words of audiences.py. A failure of the service fails."""
    assert response.status_code < 500, response
    where = response.get("Location", "")
    if response.status_code == 401 or where.startswith(
        ("/accounts/login/?next=", "/administration/login/?next=")
    ):
        return SIGN_IN
    if where == "/start/":
        return START
    shut = {403: FORBIDDEN, 404: NOT_THERE, 405: CLOSED}
    return shut.get(response.status_code, IN)


def session_of(user: User | None) -> str:
    """The key of a session in which the person is signed in; '' for nobody."""
    if user is None:
        return ""
    client = Client()
    client.force_login(user)
    return client.session.session_key or ""


#: One for all requests: each new one would set up the middleware anew.
_BROWSER = Client()


def ask(session: str, method: str, path: str) -> HttpResponse:
    """Ask as a browser does that knows nothing but its session; take back what it changed."""
    _BROWSER.cookies.clear()
    if session:
        _BROWSER.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = _BROWSER.generic(method, path, content_type=_CONTENT[method])
        transaction.set_rollback(True)
    return response


#: Nobody, the one of all others with the most rights, and who is let in: there only `is_staff`
#: decides, which a test below holds.
TELL_APART_IN_ADMINISTRATION = {"anonymous", "broker", "superuser"}
_CONTENT = {"GET": "", "POST": "application/x-www-form-urlencoded"}


@pytest.fixture
def _pages_of_errors_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request in four is refused, and the pages that say so look the same each time: they are
    read in test_everybody_is_told_that_there_is_nothing.
    """
    for name, answer in (("404", HttpResponseNotFound), ("403", HttpResponseForbidden)):
        monkeypatch.setattr(
            urls, f"handler{name}", lambda *_, answer=answer, **__: answer(), raising=False
        )


@pytest.mark.usefixtures("_pages_of_errors_are_short")
@pytest.mark.parametrize("family", FAMILIES)
def test_each_address_lets_in_whom_it_is_for_and_nobody_else(family: str) -> None:
    cast = assemble()
    known = subjects(cast)
    keys = {role: session_of(user) for role, user in cast.users.items()}
    wrong = []
    for address in FAMILIES[family]:
        route = declared(address)
        path = path_of(address, route, known)
        for method, audience in (("GET", route.get), ("POST", route.post)):
            for role, due in zip(ROLES, AUDIENCES[audience or "never"], strict=True):
                if family == "administration" and role not in TELL_APART_IN_ADMINISTRATION:
                    continue
                came = outcome(ask(keys[role], method, path))
                if due == CLOSED:
                    # Which of several doors is shut first does not matter.
                    came = IN if came == IN else CLOSED
                if came != due:
                    wrong.append(f"{method} {path} by {role}: {came}, not {due}")
    assert not wrong, "\n".join(wrong)


def test_the_administration_tells_only_administrators_from_others() -> None:
    """So that above a few kinds of people may stand for all in its 130 addresses."""
    let_in = set()
    for role, user in assemble().users.items():
        request = RequestFactory().get("/administration/")
        request.user = user or AnonymousUser()
        if admin.site.has_permission(request):
            let_in.add(role)
    assert let_in == {"superuser"}


def test_everybody_is_told_that_there_is_nothing() -> None:
    for user in assemble().users.values():
        response = ask(session_of(user), "GET", "/nowhere/")
        assert outcome(response) == NOT_THERE
        assert "Page not found" in response.content.decode()


def test_every_address_is_declared_and_none_that_is_not_there() -> None:
    there = {address for address in ADDRESSES if not _APP_LIST.fullmatch(address)}
    assert there == set(ROUTES)


def test_every_audience_says_what_each_kind_of_person_gets() -> None:
    assert {name: len(row) for name, row in AUDIENCES.items()} == dict.fromkeys(
        AUDIENCES, len(ROLES)
    )
    used = {audience for route in ROUTES.values() for audience in (route.get, route.post)}
    assert set(AUDIENCES) - {"never"} == used - {None}


def _attempt(kind: type, **fields: object) -> object:
    return kind.objects.create(
        username="made-up", ip_address="127.0.0.1", user_agent="", path_info="/", **fields
    )


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.startswith(OWN)])
def test_what_is_somebodys_own_is_not_there_for_others(address: str) -> None:
    """Keeps the table from declaring a group's or a person's things open to strangers."""
    strangers = [ROLES.index(name) for name in ("other_volunteer", "other_member")]
    for audience in (declared(address).get, declared(address).post):
        due = AUDIENCES[audience or "never"]
        assert {due[stranger] for stranger in strangers} <= {NOT_THERE, START, CLOSED}
