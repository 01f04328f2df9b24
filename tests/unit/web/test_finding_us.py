"""What search engines and feed readers get."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from core.clock import today
from tests.architecture.audiences import AUDIENCES, IN, ROUTES
from tests.factories.opportunities import OpportunityFactory
from web.views.finding_us import PRIVATE

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def posting_of(page) -> dict:
    return json.loads(
        re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    )


def test_a_public_role_says_what_it_is_in_the_words_of_schema_org(client):
    role = OpportunityFactory(
        title="</script><b>Dig & sow", closes_on=today() + timedelta(days=9), place_name="Hall"
    )

    answer = client.get(f"/roles/{role.pk}/")
    page = answer.content.decode()
    posting = posting_of(page)

    assert posting["@type"] == "JobPosting"
    assert posting["title"] == "</script><b>Dig & sow"
    assert posting["employmentType"] == "VOLUNTEER"
    assert posting["hiringOrganization"]["name"] == role.organisation.name
    assert posting["jobLocation"]["address"]["streetAddress"] == "Hall"
    assert posting["validThrough"].startswith(role.closes_on.isoformat())
    assert posting["datePosted"] == role.published_at.date().isoformat()
    nonce = re.search(r'ld\+json" nonce="([^"]+)"', page)[1]
    assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
    assert f'<link rel="canonical" href="http://localhost:8000/roles/{role.pk}/">' in page


def test_a_role_from_home_has_no_place(client):
    role = OpportunityFactory(at_home=True)

    posting = posting_of(client.get(f"/roles/{role.pk}/").content.decode())

    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert "jobLocation" not in posting


def test_site_map_holds_public_pages_and_open_roles(client, django_assert_num_queries):
    there = OpportunityFactory()
    for fields in ({"draft": True}, {"full": True}, {"closes_on": today() - timedelta(days=1)}):
        OpportunityFactory(**fields)

    with django_assert_num_queries(1):
        answer = client.get("/sitemap.xml")

    places = [place.text for place in ElementTree.fromstring(answer.content).iter(f"{MAP}loc")]
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert places[0] == "http://localhost:8000/"
    assert [place for place in places if re.search(r"/roles/\d", place)] == [
        f"http://localhost:8000/roles/{there.pk}/"
    ]


def test_robots_keep_off_every_page_that_is_not_for_everybody(client):
    answer = client.get("/robots.txt")

    assert answer.headers["Content-Type"].startswith("text/plain")
    said = answer.content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in said
    patterns = [re.compile(re.escape(place).replace(r"\*", ".*")) for place in PRIVATE]
    for address, route in ROUTES.items():
        if (
            route.get is not None
            and AUDIENCES[route.get][0] != IN
            and "administration" not in address
        ):
            path = "/" + re.sub(r"<[^>]+>", "1", address)
            assert any(pattern.match(path) for pattern in patterns), path


def test_feed_has_the_newest_roles(client, django_assert_max_num_queries):
    role = OpportunityFactory(title="Dig", summary="Lend a hand.")
    OpportunityFactory(full=True)

    with django_assert_max_num_queries(4):
        answer = client.get("/roles/feed/")

    entries = list(ElementTree.fromstring(answer.content).iter(f"{ATOM}entry"))
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Dig"]
    assert entries[0].find(f"{ATOM}link").get("href").endswith(f"/roles/{role.pk}/")
    assert "/roles/feed/" in client.get("/roles/").content.decode()


@pytest.mark.parametrize(("query", "is_found"), [("", True), ("?page=2", True), ("?q=x", False)])
def test_only_the_search_itself_is_to_be_found(client, query, is_found):
    page = client.get(f"/roles/{query}").content.decode()

    assert ('content="noindex, follow"' not in page) == is_found
    assert '<link rel="canonical" href="http://localhost:8000/roles/">' in page
