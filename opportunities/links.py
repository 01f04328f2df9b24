"""Signed links to groups: in a mail that invites somebody, and on the page that finds a double."""

from django.core import signing

_INVITED, _FOUND = "opportunities.invited", "opportunities.found"


def invitation_token(invitation_id: int) -> str:
    """What the link of an invitation ends in."""
    return signing.dumps(invitation_id, salt=_INVITED)


def invitation_in(token: str) -> int | None:
    """The id of the invitation that a token was made for; None for one that nobody here made."""
    return _in(token, _INVITED)


def group_token(organisation_id: int) -> str:
    """What the link of a group that somebody named themselves ends in: a stranger to the group
    cannot make one, so that ids tell nothing.
    """
    return signing.dumps(organisation_id, salt=_FOUND)


def group_in(token: str) -> int | None:
    """The id of the group that a token was made for; None for one that nobody here made."""
    return _in(token, _FOUND)


def _in(token: str, salt: str) -> int | None:
    try:
        found = signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
