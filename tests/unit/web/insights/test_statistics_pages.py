"""Who finds the statistics, and where."""

import pytest

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("traits", "sees"),
    [
        ({"delivery_group": True}, True),
        ({"broker": True}, True),
        ({"is_superuser": True}, True),
        ({}, False),
    ],
)
def test_the_menu_leads_those_who_may_read_to_the_statistics(client, traits, sees):
    client.force_login(UserFactory(**traits))
    page = client.get("/roles/").content.decode()
    assert ('href="/insights/"' in page) is sees


def test_the_delivery_group_begins_with_the_statistics(client):
    client.force_login(UserFactory(delivery_group=True))
    assert client.get("/me/next/")["Location"] == "/insights/"


def test_the_page_says_which_it_is_in_the_list_of_pages(client):
    client.force_login(UserFactory(delivery_group=True))
    page = client.get("/insights/").content.decode()
    assert 'href="/insights/" aria-current="page"' in page


def test_without_figures_the_page_says_when_they_come(client):
    client.force_login(UserFactory(delivery_group=True))
    assert "There are no figures yet." in client.get("/insights/").content.decode()
