"""What is declared of one address; the words of audiences stand in audiences.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """For whom an address is, method by method; None: nobody is let in with that method.

    `subject` says which row the address is about where its words leave that open; `path` is given
    for an address that is a regular expression.
    """

    get: str | None = None
    post: str | None = None
    subject: str = ""
    path: str = ""


def page(audience: str, subject: str = "") -> Route:
    """A page to be read."""
    return Route(get=audience, subject=subject)


def form(audience: str, subject: str = "") -> Route:
    """A page with a form."""
    return Route(get=audience, post=audience, subject=subject)


def button(audience: str, subject: str = "") -> Route:
    """What a button does."""
    return Route(post=audience, subject=subject)
