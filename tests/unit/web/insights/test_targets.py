"""The page of targets, and setting one."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.clock import today
from insights.models import Target
from insights.periods import Period
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

LIST, SET = "/insights/targets/", "/insights/targets/set/"


@pytest.fixture
def steerer() -> User:
    return UserFactory(delivery_group=True, first_name="Dana", last_name="Deliver")


@pytest.fixture
def client(steerer: User) -> Client:
    found = Client()
    found.force_login(steerer)
    return found


def said(**changes: str) -> dict[str, str]:
    month = Period.month_of(today()).code
    given = {"measure": "placed", "value": "40", "begins": month, "ends": "", "note": "As in 2025"}
    return given | changes


def test_is_looked_over_before_it_is_set(client: Client) -> None:
    page = client.post(SET, said()).content.decode()
    assert "Is this right?" in page
    assert not Target.objects.exists()
    assert 'name="value" value="40' in page
    done = client.post(SET, said(confirmed="1"), follow=True)
    assert done.redirect_chain == [(LIST, 302)]
    page = done.content.decode()
    assert "One figure has a target this month" in page
    assert "Dana Deliver" in page
    assert "As in 2025" in page


def test_can_be_changed_while_it_is_looked_over(client: Client) -> None:
    page = client.post(SET, said(change="1")).content.decode()
    assert "Set a target" in page
    assert 'value="40' in page
    assert not Target.objects.exists()


def test_says_what_is_wrong(client: Client) -> None:
    page = client.post(SET, said(value="many")).content.decode()
    assert "Enter a number in digits" in page
    answer = client.post(SET, said(measure="offered_within_30_days", value="140", confirmed="1"))
    assert "Enter a number from 0 to 100" in answer.content.decode()


def test_no_month_that_is_over_can_be_chosen(client: Client) -> None:
    this = Period.month_of(today())
    page = client.get(SET).content.decode()
    assert "a target is for a day to come" in page
    assert f'value="{this.code}"' in page
    assert f'value="{this.before().code}"' not in page
    client.post(SET, said(begins=this.before().code, confirmed="1"))
    assert not Target.objects.exists()


def test_is_taken_back(client: Client, steerer: User) -> None:
    client.post(SET, said(confirmed="1"))
    address = reverse("web:target-end", args=[Target.objects.get().pk])
    assert "Take this target back?" in client.get(address).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "Taken back by Dana Deliver" in page
    assert Target.objects.get().ended_by == steerer


def test_the_volunteer_centre_reads_and_does_not_set(client: Client) -> None:
    client.post(SET, said(confirmed="1"))
    client.force_login(UserFactory(broker=True))
    page = client.get(LIST).content.decode()
    assert "As in 2025" in page
    assert SET not in page
    assert client.get(SET).status_code == 404


def test_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for value in range(8):
        client.post(SET, said(value=str(value), confirmed="1"))
    # Three of them are the session, the person and the navigation.
    with django_assert_max_num_queries(8):
        client.get(LIST)
