"""What the domain says when it cannot do what it was asked.

Each error carries a sentence a person can read and a `code` a program can test. A page and the API
turn it into the answer with the HTTP status given here.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DomainError(Exception):
    """A request that the domain refuses; nothing was changed.

    `fields` gives, for each field that is wrong, the sentences that say why.
    """

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "error"

    def __init__(
        self,
        message: "StrOrPromise",
        *,
        code: str = "",
        fields: "Mapping[str, Sequence[StrOrPromise]] | None" = None,
    ) -> None:
        self.message = str(message)
        self.code = code or self.default_code
        self.fields: dict[str, list[str]] = {
            field: [str(sentence) for sentence in sentences]
            for field, sentences in (fields or {}).items()
        }
        super().__init__(self.message)


class InvalidInput(DomainError):
    """What was sent is not valid; `fields` says where."""

    status = 400
    default_code = "invalid"


class NotAllowed(DomainError):
    """This person may not do this."""

    status = 403
    default_code = "not_allowed"


class NotFound(DomainError):
    """There is no such thing, or not for this person."""

    status = 404
    default_code = "not_found"


class Conflict(DomainError):
    """It cannot be done as things stand now: a state does not allow it, or no place is left."""

    status = 409
    default_code = "conflict"
