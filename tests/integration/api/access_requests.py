"""What is asked of each address of the API: what it is about, and a body that is good in itself."""

from collections.abc import Callable
from typing import Any

from core.clock import now, today
from insights.models import Simulation
from insights.periods import Period
from insights.services import figures
from placements.check_in import code_of
from placements.models import Message
from placements.occasions import Occasion
from tests.factories.accounts import PASSWORD
from tests.factories.insights import (
    SEGMENT_FIGURES,
    CampaignFactory,
    SegmentFactory,
    planned_role,
)
from tests.factories.reports import KeptReportFactory
from tests.integration.api.cast import Cast


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
    "insights-segment": lambda __: {
        "segment": SegmentFactory(published=SEGMENT_FIGURES, published_month="2026-10").pk
    },
    "insights-planned-role": lambda __: {"number": planned_role()},
    "insights-funnel": lambda __: _with_figures({}),
    "insights-fairness": lambda __: _with_figures({}),
    "insights-contribution": lambda __: _with_figures({}),
    "insights-report": lambda __: _with_figures({"year": Period.year_of(today()).code}),
    "insights-report-file": lambda __: _with_figures(
        {"year": Period.year_of(today()).code, "kind": "xlsx"}
    ),
    "insights-kept-report": lambda __: {"kept": KeptReportFactory().pk},
    "insights-kept-report-file": lambda __: {"kept": KeptReportFactory().pk, "kind": "xlsx"},
    "insights-simulation": lambda __: {
        "simulation": Simulation.objects.create(asked_at=now(), seasons_wanted=1).pk
    },
    "insights-simulation-call-off": lambda __: {
        "simulation": Simulation.objects.create(asked_at=now(), seasons_wanted=1).pk
    },
    "insights-campaign": lambda __: {"campaign_id": _campaign("draft")},
    "insights-campaign-pause": lambda __: {"campaign_id": _campaign("sending")},
    "insights-campaign-go-on": lambda __: {"campaign_id": _campaign("paused")},
    "insights-campaign-stop": lambda __: {"campaign_id": _campaign("sending")},
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
        "insights-what-if": lambda: {"answer_soon": True},
        "sharing": lambda: {"email": True, "phone": False},
        "profile": lambda: {"about": "I like to cook.", "date_of_birth": "1990-02-03"},
        "token": lambda: {"email": cast.users["other_member"].email, "password": PASSWORD},
    }
    return bodies.get(name.partition("#")[0], dict)() if method != "GET" else None


def _with_figures(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same, with figures of the year that runs and of a month of it."""
    for period in (Period.year_of(today()), Period.month_of(today())):
        figures.refresh(period)
    return arguments


def _campaign(state: str) -> int:
    confirmed_at = None if state == "draft" else now()
    return CampaignFactory(state=state, confirmed_at=confirmed_at).pk


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
