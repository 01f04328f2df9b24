"""Say what went wrong without saying about whom."""

import traceback

from django.conf import settings

from core.models.fact import Fact

_LENGTH = Fact._meta.get_field("last_error").max_length
_PROJECT = str(settings.BASE_DIR)
_PACKAGES = ("site-packages", "dist-packages")


def describe(error: BaseException) -> str:
    """Give class and place of an exception, such as "ValueError in fold (matching/runs.py:41)".

    The place is the innermost line of the project's own code. The exception's text is left out: it
    may quote a person's answers ("duplicate key: email=…").
    """
    name = type(error).__qualname__
    frames = list(traceback.extract_tb(error.__traceback__))
    own = [
        frame
        for frame in frames
        if frame.filename.startswith(_PROJECT)
        and not any(folder in frame.filename for folder in _PACKAGES)
    ]
    if not (frames := own or frames):
        return name[:_LENGTH]
    place = frames[-1]
    file = place.filename.removeprefix(_PROJECT).lstrip("/")
    return f"{name} in {place.name} ({file}:{place.lineno})"[:_LENGTH]
