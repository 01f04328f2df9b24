"""What tests of pages read from a page."""

import html
import re
from typing import Any

from accounts.models import User


def text_of(response: Any) -> str:
    """The words of a page's main part, without markup, spaces in a row as one."""
    page = response.content.decode()
    main = re.search(r"<main.*?</main>", page, re.S)
    assert main is not None, "a page has one main part"
    words = re.sub(r"<[^>]+>", " ", main.group())
    return " ".join(html.unescape(words).split())


def heading_of(response: Any) -> str:
    """The words of a page's first heading."""
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    assert heading is not None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", heading.group(1))).split())


def title_of(response: Any) -> str:
    title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)
    assert title is not None
    return " ".join(html.unescape(title.group(1)).split())


def ids_of(response: Any) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', response.content.decode())


def error_links(response: Any) -> dict[str, str]:
    """The sentences of the error summary, each with the id that it links to."""
    page = response.content.decode()
    summary = re.search(r"govuk-error-summary__list.*?</ul>", page, re.S)
    if summary is None:
        return {}
    links = re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary.group(), re.S)
    return {html.unescape(sentence): place for place, sentence in links}


def desk_page(person: User, more: str = "") -> str:
    """Give the address of a person's page on the desk, or of one below it."""
    return f"/desk/people/{person.pk}/{more}"
