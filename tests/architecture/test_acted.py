"""The banner on a group's pages says to whoever acts for it: they are told what you do. It holds.

Complete by construction: the pages are read from the resolver, and what can be written to the audit
trail from there is read from the code. An action that no group is told fails, unless it is named
here with the reason.
"""

import pytest

from desk.services.acted import CODES
from placements.models import TimedOffer
from placements.states import State
from tests.architecture.calls import actions_in, reached_from
from tests.architecture.walking import VIEWS
from web.group_access import GroupRequired

_IN_OTHER_WORDS = "the group hears of it by a message of its own"
_OF_ITSELF = "the service does it, or the person: nobody of the centre on a group's pages"
#: What a group is not told by `desk.services.acted`, and why.
NOT_TOLD = {
    "opportunity.submitted": _IN_OTHER_WORDS,
    "membership.left": "only who acts for the group themselves can leave it",
    "membership.began": "it is told as the request that was said yes to",
    "prospectus.drafted": "it is told as the role that was drafted",
    "hours.attended": "it is told as the attendance that was recorded",
    "prospectus.mail_chosen": "a choice of one's own, which only members have",
    "notifications.chosen": "a choice of one's own",
    "opportunity.taken_back": "not written where the centre changes the role",
    "organisation.renamed": "not written where the centre changes the name",
    "opportunity.catching_up": _OF_ITSELF,
    **{f"application.{state}": _OF_ITSELF for state in ("submitted", "withdrawn", "lapsed")},
    **{f"timed_offer.{state}": _OF_ITSELF for state in TimedOffer.State.values},
    "timed_offer.ended": "it is told as the block that it comes with",
}
#: What is put together when it is written.
FORMED = {
    "application.*": [f"application.{state}" for state in State],
    "timed_offer.*": [f"timed_offer.{state}" for state in TimedOffer.State.values],
}


@pytest.fixture(scope="module")
def actions() -> set[str]:
    kinds = {getattr(view, "view_class", None) for view in VIEWS.values()}
    pages = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, GroupRequired)]
    assert len(pages) > 40, "the walk finds them"
    written = actions_in(reached_from((page.__module__, page.__name__) for page in pages))
    return {action for name in written for action in FORMED.get(name, [name])}


def test_whatever_is_done_on_a_groups_pages_is_told_or_named(actions: set[str]) -> None:
    assert not actions - CODES.keys() - NOT_TOLD.keys()


def test_nothing_is_named_that_is_told_or_cannot_be_done(actions: set[str]) -> None:
    assert not NOT_TOLD.keys() & CODES.keys()
    assert not NOT_TOLD.keys() - actions


def test_what_is_told_is_found_in_the_code(actions: set[str]) -> None:
    assert not CODES.keys() - actions
