"""Every place where a count of people could leave the house is known, and says what keeps it.

Complete by construction. Pages, files and answers of the API are read twice by everybody but the
volunteer centre, and between the two eight more people came, who wait, were told no and answered
the equality form: what says something else lets a live count out, exact or rounded. What is stored
of people is followed by the tables that an address reads. What mails and counts of the code say is
followed by imports. Whatever is found and not declared here fails; so does a reason that outlived
what it is about.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.db import connection

from core import clock
from equality.models import EqualityAnswers
from opportunities.models import Opportunity
from tests.architecture.audiences import AUDIENCES, IN
from tests.architecture.conftest import World
from tests.architecture.insights_audiences import INSIGHTS
from tests.architecture.test_facts import APPS, ROOT
from tests.architecture.walking import ADDRESSES, ask, declared, path_of, session_of
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.integration.api.cast import ROLES
from tests.what_is_said import said_in

_ATTACKER = "tests/unit/insights/attacker"
_ROLE_FORM = "groups/<int:group_id>/roles/<int:role_id>/edit"
_PROSPECTUS = "groups/<int:group_id>/prospectuses"

#: Everybody to whom counts of people are told: all but the volunteer centre, which sees people.
OUTSIDE = [name for name in ROLES if name not in ("broker", "superuser")]

#: Addresses that say something else when people come or go, and what keeps that from telling who.
LIVE = {
    f"{_ROLE_FORM}/essentials/": f"{_ATTACKER}/test_live_count.py",
    f"{_ROLE_FORM}/dates/": f"{_ATTACKER}/test_live_count.py",
    "api/v1/waiting-lists/": "how long somebody's own list is, as `placements.queues` says",
}
#: Addresses outside the statistics that read what is stored of people, and why that may be.
_AS_SHOWN = "tests/unit/insights/services/test_prospectuses.py"
READ_WHAT_IS_STORED = {
    "groups/<int:group_id>/": _AS_SHOWN,
    f"{_PROSPECTUS}/": _AS_SHOWN,
    f"{_PROSPECTUS}/<int:prospectus_id>/": _AS_SHOWN,
    f"{_PROSPECTUS}/<int:prospectus_id>/paper/": _AS_SHOWN,
    "prospectus/<str:prospectus>/": _AS_SHOWN,
}
#: Of the stored tables those that hold no count of people.
NO_COUNTS = {
    *("Target", "YearlyQuestion", "YearlyAnswer", "SegmentMember", "Prospectus"),
    *("ProspectusMail", "Campaign", "CampaignGroup"),
}
#: Modules outside the statistics that give counts of people, and what keeps them.
GIVES_COUNTS = {
    "matching/live_counts.py": f"{_ATTACKER}/test_live_count.py",
    "matching/wording/costs.py": f"{_ATTACKER}/test_live_count.py",
    "api/v1/more_room.py": f"{_ATTACKER}/test_outputs.py",
    "api/v1/insights.py": f"{_ATTACKER}/test_outputs.py",
    "web/views/insights/figures.py": f"{_ATTACKER}/test_outputs.py",
    "web/views/recommendations.py": "all who wait: a total, which the attacker knows exactly",
    "volunteers/selectors.py": "all who wait: a total, which the attacker knows exactly",
}
#: Modules that write to people and count something, and what they count.
WRITES_AND_COUNTS = {
    "insights/services/prospectus_mail.py": _AS_SHOWN,
    "insights/services/yearly_question.py": "groups that are asked, for the first line of results",
    "placements/services/catching_up.py": "who waits for one role: told to its own group",
    "placements/services/concerns.py": "a person's own reports of a day, against too many",
    "placements/services/conversations.py": "a person's own messages of a day, against too many",
    "opportunities/services/people.py": "invitations of one group, against too many",
    "opportunities/services/saved_searches.py": "a person's own searches, against too many",
}
#: Commands that print what is stored of people, for whoever runs the service.
COMMANDS = {
    "insights/management/commands/measures.py": "what `insights.disclosure` lets through",
    "web/management/commands/annual_report.py": f"{_ATTACKER}/test_outputs.py",
}


def _stored() -> dict[str, str]:
    """Tables that hold counts of people, with the names of their models."""
    models = apps.get_app_config("insights").get_models()
    return {
        model._meta.db_table: model.__name__ for model in models if model.__name__ not in NO_COUNTS
    }


Said = dict[tuple[str, str], bytes]


class Asked:
    """What the database is asked."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.statements.append(sql)
        return execute(sql, *rest)


def look(world: World, keys: dict[str, str]) -> tuple[Said, set[str]]:
    """What everybody outside is told where they are let in, by address and kind of person; and
    which addresses read what is stored of people. keys: of the session of each kind of person.
    """
    said: Said = {}
    reads: set[str] = set()
    stored, asked = [f'"{table}"' for table in _stored()], Asked()
    for address in ADDRESSES:
        audience = declared(address).get if not address.startswith("administration") else None
        for name in OUTSIDE:
            if audience is None or AUDIENCES[audience][ROLES.index(name)] != IN:
                continue
            # Nobody asks so fast but a test.
            cache.clear()
            with connection.execute_wrapper(asked):
                answer = ask(keys[name], "GET", path_of(address, declared(address), world.known))
            said[address, name] = said_in(answer)
            if any(table in sql for sql in asked.statements for table in stored):
                reads.add(address)
            asked.statements.clear()
    return said, reads


def eight_come(closed: Opportunity) -> None:
    """Eight who wait: no count, exact or to the nearest five, is what it was."""
    for person in VolunteerFactory.create_batch(8):
        ApplicationFactory(volunteer=person, opportunity=closed, state="declined")
        WaitingListEntryFactory(volunteer=person, activity="gardening")
        EqualityAnswers.objects.create(user=person.user, disability="yes")


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_live_or_stored_of_people_leaves_where_it_is_declared(world: World) -> None:
    with time_machine.travel(clock.now(), tick=False):
        keys = {name: session_of(world.cast.users[name]) for name in OUTSIDE}
        before, reads = look(world, keys)
        eight_come(world.cast.closed)
        after, __ = look(world, keys)
    changed = {address for address, name in before if before[address, name] != after[address, name]}
    assert changed == set(LIVE)
    assert {address for address in reads if address not in INSIGHTS} == set(READ_WHAT_IS_STORED)


def test_tables_without_counts_are_there() -> None:
    assert {model.__name__ for model in apps.get_app_config("insights").get_models()} >= NO_COUNTS


def _sources(*apps_of: str) -> Iterator[tuple[str, str]]:
    for name in apps_of:
        for path in sorted((ROOT / name).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text()


_GIVES = re.compile(
    r"^from core\.disclosure import .*\b(?:rounded|in_words)\b"
    r"|^from core import .*\bdisclosure\b"
    r"|Volunteer\.objects\.waiting\(\)\.count\(\)",
    re.MULTILINE,
)
_COUNTS = re.compile(r"\bCount\(|\.count\(\)|^from insights\.(?:models|selectors)", re.MULTILINE)
_OF_STATISTICS = re.compile(r"^from insights\b", re.MULTILINE)


def test_modules_that_give_counts_of_people_are_declared() -> None:
    outside = [name for name in APPS if name != "insights"]
    found = {path for path, text in _sources(*outside) if _GIVES.search(text)}
    assert found == set(GIVES_COUNTS)


def test_messages_that_could_count_people_are_declared() -> None:
    writes = {path: text for path, text in _sources(*APPS) if "import notify" in text}
    assert {path for path, text in writes.items() if _COUNTS.search(text)} == set(WRITES_AND_COUNTS)
    assert len(writes) > 15


def test_commands_that_print_statistics_are_declared() -> None:
    found = {
        path
        for path, text in _sources(*APPS)
        if "/management/commands/" in path and _OF_STATISTICS.search(text)
    }
    assert found == set(COMMANDS)


@pytest.mark.parametrize(
    "declared_of",
    [LIVE, READ_WHAT_IS_STORED, GIVES_COUNTS, WRITES_AND_COUNTS, COMMANDS],
)
def test_the_tests_that_are_named_are_there(declared_of: dict[str, str]) -> None:
    named = {why for why in declared_of.values() if why.startswith("tests/")}
    assert [why for why in named if not (ROOT / why).is_file()] == []
