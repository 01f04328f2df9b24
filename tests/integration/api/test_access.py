"""Who may do what: one row for each address and method, one column for each kind of person.

The table is complete by construction: an address or method that it does not have fails.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.response import Response

from core.clock import now, today
from insights.periods import Period
from insights.services import figures
from placements.check_in import code_of
from placements.models import Message
from placements.occasions import Occasion
from tests.factories.accounts import PASSWORD
from tests.integration.api.cast import ROLES, Cast

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Columns: anonymous, volunteer, other volunteer, under 16, member, other member, broker, delivery
# group, superuser. What stands behind # tells rows of one address apart.
TABLE = """
opportunity-list            GET    200 200 200 200 200 200 200 200 200
opportunity-list            POST   401 404 404 404 201 404 201 404 201
opportunity-detail          GET    200 200 200 200 200 200 200 200 200
opportunity-detail#draft    GET    404 404 404 404 200 404 200 404 200
opportunity-detail          PATCH  401 404 404 404 200 404 200 404 200
opportunity-detail#draft    PATCH  401 404 404 404 200 404 200 404 200
opportunity-submit#draft    POST   401 404 404 404 200 404 200 404 200
opportunity-close           POST   401 404 404 404 200 404 200 404 200
opportunity-reopen#closed   POST   401 404 404 404 200 404 200 404 200
fit                         GET    401 200 200 200 404 404 404 404 404
requirements                GET    401 404 404 404 200 404 200 404 200
organisation-list           GET    200 200 200 200 200 200 200 200 200
organisation-list           POST   401 201 201 201 201 201 201 201 201
organisation-detail         GET    200 200 200 200 200 200 200 200 200
organisation-detail#new     GET    404 404 404 404 200 404 200 404 200
organisation-detail         PATCH  401 404 404 404 200 404 200 404 200
organisation-opportunities  GET    200 200 200 200 200 200 200 200 200
application-list            GET    401 200 200 200 200 200 200 200 200
application-list#role       GET    401 404 404 404 200 404 200 404 200
application-list            POST   401 201 201 403 404 404 404 404 404
application-detail          GET    401 200 404 404 200 404 200 404 200
application-acknowledge     POST   401 403 404 404 200 404 200 404 200
application-invite          POST   401 403 404 404 200 404 200 404 200
application-offer           POST   401 403 404 404 200 404 200 404 200
application-accept          POST   401 403 404 404 200 404 200 404 200
application-decline         POST   401 403 404 404 200 404 200 404 200
application-take-up#offered POST   401 200 404 404 403 404 200 404 200
application-withdraw        POST   401 200 404 404 403 404 200 404 200
application-start#placed    POST   401 200 404 404 200 404 200 404 200
application-end#placed      POST   401 200 404 404 200 404 200 404 200
profile                     GET    401 200 200 200 404 404 404 404 404
profile                     POST   401 409 409 409 201 201 201 201 201
profile                     PUT    401 200 200 400 404 404 404 404 404
profile                     PATCH  401 200 200 400 404 404 404 404 404
profile-pause               POST   401 200 200 200 404 404 404 404 404
profile-resume              POST   401 200 200 200 404 404 404 404 404
recommendations             GET    401 200 200 200 404 404 404 404 404
waiting-lists               GET    401 200 200 200 404 404 404 404 404
waiting-lists               POST   401 201 201 201 404 404 404 404 404
waiting-lists#role          POST   401 201 201 403 404 404 404 404 404
waiting-list-leave          POST   401 204 404 404 404 404 404 404 404
offers                      GET    401 200 200 200 404 404 404 404 404
offer                       GET    401 200 404 404 404 404 404 404 404
offer-take-up               POST   401 200 404 404 404 404 404 404 404
offer-refuse                POST   401 200 404 404 404 404 404 404 404
suggestions                 GET    401 200 200 200 404 404 404 404 404
suggestion                  GET    401 200 404 404 404 404 404 404 404
suggestion-accept           POST   401 200 404 404 404 404 404 404 404
suggestion-refuse           POST   401 200 404 404 404 404 404 404 404
hidden-roles                GET    401 200 200 200 404 404 404 404 404
hidden-roles                POST   401 201 201 201 404 404 404 404 404
hidden-role                 DELETE 401 204 404 404 404 404 404 404 404
saved-searches              GET    401 200 200 200 200 200 200 200 200
saved-searches              POST   401 201 201 201 201 201 201 201 201
saved-search                GET    401 200 404 404 404 404 404 404 404
saved-search                PUT    401 200 404 404 404 404 404 404 404
saved-search                DELETE 401 204 404 404 404 404 404 404 404
blocked-groups              GET    401 200 200 200 404 404 404 404 404
blocked-groups              POST   401 201 201 201 404 404 404 404 404
blocked-group               DELETE 401 204 404 404 404 404 404 404 404
concerns                    POST   401 201 201 201 201 201 201 201 201
concerns#person             POST   401 404 404 404 201 404 201 404 201
concerns#message            POST   401 201 404 404 201 404 201 404 201
own-data                    POST   401 200 200 200 200 200 400 400 400
# Whoever is a group's only owner hands it on first.
account-delete              POST   401 204 204 204 409 409 400 400 400
placements                  GET    401 200 200 200 404 404 404 404 404
placement-coming            POST   401 200 404 404 404 404 404 404 404
check-in                    POST   401 200 404 404 404 404 404 404 404
hours                       GET    401 200 200 200 404 404 404 404 404
hours                       POST   401 201 404 404 404 404 404 404 404
hours-by-month              GET    401 200 200 200 404 404 404 404 404
hours-entry                 PUT    401 200 404 404 404 404 404 404 404
hours-entry                 DELETE 401 204 404 404 404 404 404 404 404
hours-object                POST   401 200 404 404 404 404 404 404 404
service-records             GET    401 200 200 200 404 404 404 404 404
service-records             POST   401 201 409 409 404 404 404 404 404
service-record-now          GET    401 200 200 200 404 404 404 404 404
service-record-document     GET    401 200 404 404 404 404 404 404 404
service-record-revoke       POST   401 200 404 404 404 404 404 404 404
calendar-feed               GET    401 200 404 404 404 404 404 404 404
calendar-feed               POST   401 201 201 201 404 404 404 404 404
calendar-feed               DELETE 401 204 404 404 404 404 404 404 404
notifications               GET    401 200 200 200 200 200 200 200 200
notifications-read          POST   401 204 204 204 204 204 204 204 204
notification-choices        GET    401 200 200 200 200 200 200 200 200
notification-choice         PUT    401 200 200 200 200 200 200 200 200
quiet-hours                 GET    401 200 200 200 200 200 200 200 200
quiet-hours                 PUT    401 200 200 200 200 200 200 200 200
role-waiting-list           GET    401 404 404 404 200 404 200 404 200
role-more-room              GET    401 404 404 404 200 404 200 404 200
role-more-room              POST   401 404 404 404 201 404 201 404 201
role-more-room-undo         POST   401 404 404 404 200 404 200 404 200
role-waiting-list           PUT    401 404 404 404 200 404 200 404 200
role-volunteers             GET    401 404 404 404 200 404 200 404 200
role-times                  GET    401 404 404 404 200 404 200 404 200
role-time                   GET    401 404 404 404 200 404 200 404 200
role-time                   POST   401 404 404 404 200 404 200 404 200
role-check-in               GET    401 404 404 404 200 404 200 404 200
role-answers                POST   401 404 404 404 200 404 200 404 200
role-answers-take-back      POST   401 404 404 404 200 404 200 404 200
group-hours                 GET    401 404 404 404 200 404 200 404 200
group-hours                 POST   401 404 404 404 201 404 201 404 201
group-hours-confirm         POST   401 404 404 404 200 404 200 404 200
group-hours-ask             POST   401 404 404 404 200 404 200 404 200
group-limits                GET    401 404 404 404 200 404 200 404 200
group-limits                POST   401 404 404 404 201 404 201 404 201
group-limit                 PUT    401 404 404 404 200 404 200 404 200
group-limit-end             POST   401 404 404 404 200 404 200 404 200
group-answering             GET    401 404 404 404 200 404 200 404 200
group-live-count            POST   401 404 404 404 200 404 200 404 200
applicant-block             POST   401 404 404 404 204 404 204 404 204
applicant-block             DELETE 401 404 404 404 204 404 204 404 204
answer-take-back            POST   401 403 404 404 200 404 200 404 200
messages                    GET    401 200 404 404 200 404 200 404 200
messages                    POST   401 201 404 404 201 404 201 404 201
messages-read               POST   401 204 404 404 204 404 204 404 204
sharing                     GET    401 200 404 404 404 404 404 404 404
sharing                     PUT    401 200 404 404 404 404 404 404 404
role-templates              GET    200 200 200 200 200 200 200 200 200
wording-marks               POST   401 200 200 200 200 200 200 200 200
insights-measures           GET    401 404 404 404 404 404 200 200 200
insights-periods            GET    401 404 404 404 404 404 200 200 200
insights-period             GET    401 404 404 404 404 404 200 200 200
insights-figure             GET    401 404 404 404 404 404 200 200 200
insights-segments           GET    401 404 404 404 404 404 200 200 200
insights-targets            GET    401 404 404 404 404 404 200 200 200
insights-role-plan          GET    401 404 404 404 404 404 200 200 200
transparency                GET    200 200 200 200 200 200 200 200 200
taxonomy                    GET    200 200 200 200 200 200 200 200 200
token                       POST   201 201 201 201 201 201 201 201 201
token-revoke                POST   401 204 204 204 204 204 204 204 204
token-revoke-all            POST   401 204 204 204 204 204 204 204 204
schema                      GET    200 200 200 200 200 200 200 200 200
docs                        GET    200 200 200 200 200 200 200 200 200
"""
ROWS = [
    (name, method, dict(zip(ROLES, map(int, statuses), strict=True)))
    for name, method, *statuses in map(str.split, TABLE.strip().splitlines())
    if name != "#"
]


@pytest.fixture
def cast(full_cast: Cast) -> Cast:
    return full_cast


def _thing(name: str, *, called: str = "pk") -> Callable[[Cast], dict[str, Any]]:
    return lambda cast: {called: cast.things[name].pk}


def _in_group(*, called: str = "", name: str = "") -> Callable[[Cast], dict[str, Any]]:
    inside = _thing(name, called=called) if name else lambda cast: {}
    return lambda cast: {"pk": cast.group.pk, **inside(cast)}


def _today(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.placed.opportunity_id, "when": today().isoformat()}


#: What the addresses are about whose names do not say it.
_SUBJECTS: dict[str, Callable[[Cast], dict[str, Any]]] = {
    "insights-period": lambda __: {"period": _worked_out()},
    "insights-figure": lambda __: {"period": _worked_out(), "measure": "placed"},
    "waiting-list-leave": _thing("entry"),
    "offer": _thing("offer"),
    "offer-take-up": _thing("offer"),
    "offer-refuse": _thing("offer"),
    "suggestion": _thing("suggestion"),
    "suggestion-accept": _thing("suggestion"),
    "suggestion-refuse": _thing("suggestion"),
    "hidden-role": lambda cast: {"opportunity": cast.things["hidden"].opportunity_id},
    "saved-search": _thing("search"),
    "blocked-group": lambda cast: {"organisation": cast.things["blocked"].organisation_id},
    "applicant-block": lambda cast: {"pk": cast.application.pk},
    "placement-coming": lambda cast: {"pk": cast.placed.pk},
    "hours-entry": _thing("hours"),
    "hours-object": _thing("confirmed"),
    "service-record-document": _thing("record"),
    "service-record-revoke": _thing("record"),
    "notification-choice": lambda cast: {"topic": "reminders"},
    "role-waiting-list": lambda cast: {"pk": cast.role.pk},
    "role-more-room": lambda cast: {"pk": cast.role.pk},
    "role-more-room-undo": lambda cast: {
        "pk": cast.role.pk,
        "step_id": cast.things["step"].pk,
    },
    "role-volunteers": lambda cast: {"pk": cast.placed.opportunity_id},
    "role-times": lambda cast: {"pk": cast.role.pk},
    "role-time": _today,
    "role-check-in": _today,
    "role-answers": lambda cast: {"pk": cast.role.pk},
    "role-answers-take-back": lambda cast: {"pk": cast.things["held"].opportunity_id},
    "group-hours": _in_group(),
    "group-hours-confirm": _in_group(),
    "group-hours-ask": _in_group(called="hours_id", name="hours"),
    "group-limits": _in_group(),
    "group-limit": _in_group(called="limit_id", name="limit"),
    "group-limit-end": _in_group(called="limit_id", name="limit"),
    "group-answering": _in_group(),
    "group-live-count": _in_group(),
    "answer-take-back": _thing("held"),
    "messages": lambda cast: {"pk": cast.application.pk},
    "messages-read": lambda cast: {"pk": cast.application.pk},
    "sharing": lambda cast: {"pk": cast.application.pk},
}


def arguments(cast: Cast, name: str) -> dict[str, Any]:
    """What the address of a row is about."""
    route, _, variant = name.partition("#")
    noun = route.partition("-")[0]
    subjects = {
        "fit": {"": cast.role},
        "requirements": {"": cast.role},
        "opportunity": {"": cast.role, "draft": cast.draft, "closed": cast.closed},
        "organisation": {"": cast.group, "new": cast.unverified_group},
        "application": {"": cast.application, "offered": cast.offered, "placed": cast.placed},
    }
    if route in _SUBJECTS:
        return _SUBJECTS[route](cast)
    if noun not in subjects or route.endswith("-list"):
        return {}
    return {"pk": subjects[noun][variant].pk}


def body(cast: Cast, name: str, method: str) -> Any:
    """What is sent: always something that is good in itself."""
    bodies: dict[str, Callable[[], dict[str, Any]]] = {
        "opportunity-list": lambda: {
            "organisation": cast.group.pk,
            "title": "New helper",
            "description": "Help.",
        },
        "opportunity-detail": lambda: {"title": "Changed helper"},
        "organisation-list": lambda: {
            "name": "Example Choir 3",
            "legal_form": "unincorporated",
            "description": "We sing.",
        },
        "organisation-detail": lambda: {"description": "We sing together."},
        "application-list": lambda: {"opportunity": cast.other_role.pk},
        "application-decline": lambda: {"reason": "no_place"},
        "application-end": lambda: {"reason": "other"},
        "waiting-lists": lambda: (
            {"opportunity": cast.things["full"].pk} if "#" in name else {"activity": "cooking"}
        ),
        "suggestion-refuse": lambda: {"reason": "too_far"},
        "hidden-roles": lambda: {"opportunity": cast.role.pk, "reason": "too_far"},
        "saved-searches": lambda: {"name": "Food", "alerts": "daily", "search": {"text": "food"}},
        "saved-search": lambda: {"name": "Food", "alerts": "never"},
        "blocked-groups": lambda: {"organisation": cast.group.pk},
        "concerns": lambda: {"kind": "other", "words": "Something."} | _about(cast, name),
        # Without the code that people who work here need too.
        "own-data": lambda: {"password": PASSWORD},
        "account-delete": lambda: {"password": PASSWORD},
        "wording-marks": lambda: {"description": "You must have your own car."},
        "placement-coming": lambda: {"when": today().isoformat(), "coming": True},
        "check-in": lambda: {"code": code_of(Occasion(cast.placed.opportunity, today()))},
        "hours": lambda: _hours(cast),
        "hours-entry": lambda: {"day": today().isoformat(), "hours": 1.5},
        "hours-object": lambda: {"words": "It was longer."},
        "notification-choice": lambda: {"by_mail": "daily"},
        "quiet-hours": lambda: {"starts": "22:00", "ends": "07:00"},
        "role-waiting-list": lambda: {"takes_from_waiting_list": False},
        "role-more-room": lambda: {"kind": "job_share", "extra": 1},
        "role-time": lambda: {"people": [{"application": cast.placed.pk, "state": "attended"}]},
        "role-answers": lambda: {
            "applications": [{"id": cast.application.pk, "state": "submitted"}],
            "answer": "invite",
        },
        "role-answers-take-back": lambda: {"applications": [cast.things["held"].pk]},
        "group-hours": lambda: _hours(cast),
        "group-hours-confirm": lambda: {"entries": [{"id": cast.things["hours"].pk, "seen": 2}]},
        "group-hours-ask": lambda: {"words": "Was it so long?"},
        "group-limits": lambda: {"reason": "training"},
        "group-limit": lambda: {"words": "A bigger room."},
        "group-live-count": lambda: {"postcode": "HA1 1AA"},
        "messages": lambda: {"words": "See you there."},
        "sharing": lambda: {"email": True, "phone": False},
        "profile": lambda: {"about": "I like to cook.", "date_of_birth": "1990-02-03"},
        "token": lambda: {"email": cast.users["other_member"].email, "password": PASSWORD},
    }
    return bodies.get(name.partition("#")[0], dict)() if method != "GET" else None


def _worked_out() -> str:
    """The code of a month of which there are figures."""
    month = Period.month_of(today())
    figures.refresh(month)
    return month.code


def _about(cast: Cast, name: str) -> dict[str, Any]:
    match name.partition("#")[2]:
        case "person":
            return {"application": cast.application.pk}
        case "message":
            return {"message": _message(cast)}
    return {}


def _message(cast: Cast) -> int:
    return Message.objects.create(
        application=cast.application,
        side="volunteer",
        author=cast.volunteer.user,
        words="w",
        sent_at=now(),
    ).pk


def _hours(cast: Cast) -> dict[str, Any]:
    return {"application": cast.placed.pk, "day": today().isoformat(), "hours": 1}


def ask(cast: Cast, role: str, name: str, method: str) -> Response:
    address = reverse(f"api:{name.partition('#')[0]}", kwargs=arguments(cast, name))
    if name == "application-list#role":
        address += f"?opportunity={cast.role.pk}"
    send = getattr(cast[role], method.lower())
    return send(address, body(cast, name, method))


@pytest.mark.parametrize(("name", "method", "statuses"), ROWS, ids=[f"{n} {m}" for n, m, _ in ROWS])
def test_each_kind_of_person_gets_what_the_table_says(cast, name, method, statuses):
    got = {}
    for role in ROLES:
        with transaction.atomic():
            got[role] = ask(cast, role, name, method).status_code
            transaction.set_rollback(True)
    assert got == statuses


# -- complete --------------------------------------------------------------------------------------


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def methods_of(route: URLPattern) -> set[str]:
    """The methods that a view answers."""
    actions = getattr(route.callback, "actions", None)
    if actions:
        return {method.upper() for method in actions} - {"HEAD"}
    view = route.callback.view_class
    return {method for method in METHODS if hasattr(view, method.lower())} - {"OPTIONS"}


def api_routes() -> list[URLPattern]:
    api = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and pattern.namespace == "api"
    )
    return [route for route in routes(api.url_patterns) if route.name != "no-such-address"]


def test_table_has_every_address_and_method_and_nothing_else():
    there = {(route.name, method) for route in api_routes() for method in methods_of(route)}
    declared = {(name.partition("#")[0], method) for name, method, _statuses in ROWS}
    assert declared == there


@pytest.mark.parametrize(
    "route", [route for route in api_routes() if route.name != "docs"], ids=lambda route: route.name
)
def test_wrong_method_is_refused_in_the_one_shape(cast, route):
    variant = {"opportunity-submit": "#draft"}.get(route.name, "")
    for method in set(METHODS) - methods_of(route):
        answer = ask(cast, "member", f"{route.name}{variant}", method)
        if answer.status_code == 401:  # an address that takes no session and no token
            continue
        assert answer.status_code == 405, method
        assert answer.json()["errors"][0]["code"] == "method_not_allowed"
