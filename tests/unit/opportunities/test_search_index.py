"""The tables of the search follow the roles."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opportunities.models import Opportunity, SearchTerm, SearchWord
from opportunities.search.criteria import SearchCriteria
from opportunities.search.finding import search_roles
from opportunities.services import organisations, roles, search_index
from tests.factories.opportunities import OpportunityFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> list[Opportunity]:
    return list(search_roles(SearchCriteria(text=text, exact=True)))


def test_a_role_is_found_as_soon_as_it_is_published():
    role = OpportunityFactory(title="Tune pianos", draft=True, causes=["health"])
    assert found("pianos") == []

    roles.publish(opportunity=role, by=None)

    assert found("pianos") == [role]


def test_a_change_is_found_at_once_and_what_was_said_before_no_more():
    role = OpportunityFactory(title="Tune pianos")
    search_index.write([role.pk])

    roles.update(opportunity=role, by=None, title="Tune harps")

    assert found("harps") == [role]
    assert found("pianos") == []


def test_a_draft_is_not_kept():
    role = OpportunityFactory(title="Tune pianos", draft=True)
    roles.update(opportunity=role, by=None, title="Tune harps")
    search_index.rebuild()

    assert not SearchTerm.objects.exists()


def test_roles_follow_the_name_of_their_group():
    role = OpportunityFactory(organisation__name="Example Larks")
    search_index.write([role.pk])

    organisations.update(organisation=role.organisation, by=None, name="Example Wrens")

    assert found("wrens") == [role]
    assert found("larks") == []


def test_writing_again_changes_nothing_and_rebuilding_forgets_words():
    role = OpportunityFactory(title="Tune pianos")
    assert search_index.write([role.pk]) > 0
    assert search_index.write([role.pk, 10_000_000]) == 0
    assert SearchWord.objects.filter(word="pianos").exists()

    Opportunity.objects.filter(pk=role.pk).update(title="Tune harps")
    call_command("index_roles", verbosity=0)

    assert found("harps") == [role]
    assert not SearchWord.objects.filter(word="pianos").exists()


def test_a_batch_is_read_with_as_many_questions_as_one_role():
    def questions(*pks: int) -> int:
        SearchWord.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            search_index.write(pks)
        return len(asked)

    several = [OpportunityFactory(causes=["health"]).pk for _ in range(8)]

    assert questions(several[0]) == questions(*several[1:])
