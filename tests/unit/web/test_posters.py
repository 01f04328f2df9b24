"""A role's poster: public roles only, one sheet, a code and no person's address."""

import re

import pytest
from django.utils import translation

from tests.factories.opportunities import OpportunityFactory, SessionFactory
from web import posters

pytestmark = pytest.mark.django_db


def test_anyone_gets_a_tagged_pdf_of_one_sheet(client):
    role = OpportunityFactory(title="Water plants", place_name="Example Hall")

    answer = client.get(f"/roles/{role.pk}/poster/")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="water-plants-{role.pk}.pdf"'
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.content
    assert _sheets(answer.content) == 1


@pytest.mark.parametrize(
    "fields",
    [{"draft": True}, {"closed": True}, {"in_review": True}, {"organisation__suspended": True}],
)
def test_what_is_not_public_has_no_poster(client, fields):
    role = OpportunityFactory(**fields)

    assert client.get(f"/roles/{role.pk}/poster/").status_code == 404


def test_long_words_stay_on_one_sheet():
    role = OpportunityFactory(
        title="Gardener " * 13, summary="Lend a hand. " * 23, description="Dig the beds. " * 400
    )
    role.organisation.name = "Example Neighbours " * 8
    SessionFactory(opportunity=role)

    assert _sheets(posters.poster(role)) == 1


def test_poster_says_what_the_page_says_and_no_contact_of_a_person(monkeypatch):
    said: dict[str, object] = {}
    monkeypatch.setattr(
        posters, "pdf", lambda template, data, title: said.update(data, title=title) or b""
    )
    role = OpportunityFactory(title="Dig", place_name="Example Hall", minimum_age=18)
    role.organisation.contact_email, role.organisation.phone = "me@example.org", "07700 900001"

    with translation.override("en-gb"):
        posters.poster(role)

    assert said["title"] == "Dig"
    assert {"name": "Who", "value": "People of 18 and over"} in said["facts"]
    assert said["address"].endswith(f"/roles/{role.pk}")
    assert said["qr"].startswith("<?xml")
    assert not {"me@example.org", "07700 900001", role.postcode} & set(
        re.split(r"[\"']", str(said))
    )


def test_role_page_leads_to_the_poster(client):
    role = OpportunityFactory()
    assert f'href="/roles/{role.pk}/poster/"' in client.get(f"/roles/{role.pk}/").content.decode()


def _sheets(made: bytes) -> int:
    found = re.search(rb"/Type\s*/Pages.*?/Count (\d+)", made, re.DOTALL)
    assert found
    return int(found[1])
