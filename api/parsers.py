"""Read what was sent."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

#: Half of a character, which no database takes and no answer can hold.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class TooLarge(APIException):
    """More was sent than the service takes in one request."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self) -> None:
        super().__init__(_("This is more than can be sent at once."))


class BoundedJSONParser(JSONParser):
    """JSON of at most `DATA_UPLOAD_MAX_MEMORY_SIZE` bytes, without halves of characters.

    Raises TooLarge, or ParseError for what is no JSON or is nested without end.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        sent = stream.read(most + 1)
        if len(sent) > most:
            raise TooLarge
        try:
            return _read(sent.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This is not valid JSON.")) from error


def _read(text: str) -> Any:
    """Give the value of a JSON text. Raises ValueError, or RecursionError for one nested deeply."""
    data = json.loads(text, parse_constant=_no_number)
    if r"\ud" in text.lower() and _HALF_CHARACTER.search(json.dumps(data, ensure_ascii=False)):
        raise ValueError("half a character")
    return data


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
