"""The API keeps to its own schema, whatever is sent: made-up requests as different people.

The ordinary run makes the same few requests of each operation every time; `make test-full` makes
many more, others every time.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from knox.models import AuthToken
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from api import reference, throttling
from core.clock import now, today
from insights.models import Simulation
from insights.periods import Period
from tests.factories.figures import made_figures
from tests.factories.insights import (
    SEGMENT_FIGURES,
    CampaignFactory,
    SegmentFactory,
    planned_role,
)
from tests.integration.api.cast import Cast

PEOPLE = ("anonymous", "volunteer", "member")
#: Who is let in to the statistics: their answers are held to the schema too.
READER = "delivery_group"
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.ignored_auth,
]
LABELS = [
    f"{method.upper()} {path}"
    for path, methods in reference.schema()["paths"].items()
    for method in methods
]
ASKED = [
    (label, role)
    for label in LABELS
    for role in (*PEOPLE, *([READER] if "/insights/" in label else []))
]
QUICK = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(QUICK, max_examples=150, derandomize=False)


@pytest.fixture
def cast(full_cast: Cast) -> Cast:
    return full_cast


@pytest.fixture(scope="module")
def operations() -> dict[str, APIOperation]:
    load_all_checks()
    described = schemathesis.openapi.from_dict(reference.schema())
    described.app = get_wsgi_application()
    return {found.ok().label: found.ok() for found in described.get_all_operations()}


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch) -> None:
    for kind in (throttling.AnonymousRate, throttling.PersonRate, throttling.SignInRate):
        monkeypatch.setattr(kind, "rate", "1000000/min", raising=False)
    monkeypatch.setattr(throttling.SignInRate, "allow_request", lambda *_: True)


@pytest.fixture(autouse=True)
def _one_transaction() -> Iterator[None]:
    """Each request is served in the test's own transaction, as Django's client does it too."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def real_ids(cast: Cast) -> dict[str, list[int]]:
    """Ids that lead somewhere, by the first part of an address or the field of a body."""
    roles = [cast.role.pk, cast.other_role.pk, cast.draft.pk, cast.closed.pk]
    groups = [cast.group.pk, cast.unverified_group.pk]
    return {
        "opportunities": roles,
        "opportunity": roles,
        "organisations": groups,
        "organisation": groups,
        "applications": [cast.application.pk, cast.offered.pk, cast.things["held"].pk],
        "placements": [cast.placed.pk],
        "hidden-roles": [cast.things["hidden"].opportunity_id],
        "saved-searches": [cast.things["search"].pk],
        "blocked-groups": [cast.things["blocked"].organisation_id],
        "hours": [cast.things["hours"].pk, cast.things["confirmed"].pk],
        "offers": [cast.things["offer"].pk],
        "service-records": [cast.things["record"].pk],
        "suggestions": [cast.things["suggestion"].pk],
        "waiting-lists": [cast.things["entry"].pk],
        "hours_id": [cast.things["hours"].pk],
        "limit_id": [cast.things["limit"].pk],
        "step_id": [cast.things["step"].pk],
    }


def statistics() -> dict[str, Any]:
    """Make one of each thing that they are about, and figures of a month that is over."""
    month, year = Period.month_of(today()).before(), Period.year_of(today())
    made_figures(month.code, {"people_waiting": 230}, {("people_waiting", "ward"): [10] * 23})
    made_figures(year.code, {"applied": 80, "placed": 30}, closed=False)
    done = {"without": 101.2, "with_it": 123.4, "low": 13.1, "high": 31.2}
    return {
        "campaign_id": CampaignFactory(state="sending", confirmed_at=now()).pk,
        "simulation": Simulation.objects.create(
            asked_at=now(), seasons_wanted=1, finished_at=now(), gain=done, answer_soon=True
        ).pk,
        "segment": SegmentFactory(published=SEGMENT_FIGURES).pk,
        "number": planned_role(),
        "period": month.code,
        "year": year.code,
    }


def make_requests(cast: Cast, operation: APIOperation, role: str, how: settings) -> None:
    # Compressed answers are a browser's wish, which the checks do not read.
    headers = {"Accept-Encoding": "identity"}
    if (user := cast.users[role]) is not None:
        _row, token = AuthToken.objects.create(user=user)
        headers["Authorization"] = f"Token {token}"
    ids = real_ids(cast)
    known = statistics() if role == READER else {}
    noun = operation.path.split("/")[3]
    any_case = operation.as_strategy(GenerationMode.POSITIVE) | operation.as_strategy(
        GenerationMode.NEGATIVE
    )

    @how
    @given(case=any_case, real=st.booleans(), pick=st.integers(0, 99))
    def send(case: Any, real: bool, pick: int) -> None:
        for name in {"id", "opportunity", "organisation", "hours_id", "limit_id", "step_id"} & set(
            case.path_parameters or ()
        ):
            if real:
                of = ids[name if name.endswith("_id") else noun]
                case.path_parameters[name] = of[pick % len(of)]
        for name in known.keys() & set(case.path_parameters or ()):
            if real:
                case.path_parameters[name] = known[name]
        if real and "when" in (case.path_parameters or {}):
            case.path_parameters["when"] = today().isoformat()
        for name in ("opportunity", "organisation"):
            if real and isinstance(case.body, dict) and isinstance(case.body.get(name), int):
                case.body[name] = ids[name][pick % len(ids[name])]
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


@pytest.mark.django_db
@pytest.mark.parametrize(("label", "role"), ASKED)
def test_answers_are_as_the_schema_says(cast, operations, label, role):
    make_requests(cast, operations[label], role, QUICK)


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize(("label", "role"), ASKED)
def test_answers_are_as_the_schema_says_at_length(cast, operations, label, role):
    make_requests(cast, operations[label], role, LONG)


def test_every_operation_of_the_schema_is_asked(operations):
    assert set(operations) == set(LABELS)
