"""Settings of the worker processes that tests start: the project's own, on the test's database.

The environment they are started with (tests/integration/worker/service.py) names database and
broker.
"""

import json
import os
from datetime import timedelta
from typing import Any

from config.settings import *  # noqa: F403  - a settings module is made this way


def _timing(seconds: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(timedelta(seconds=each) for each in value)
        if isinstance(value, list)
        else timedelta(seconds=value)
        for name, value in seconds.items()
    }


#: Seconds as JSON; nothing for the figures of the real service.
OUTBOX_TIMING = _timing(json.loads(os.environ.get("TEST_OUTBOX_TIMING", "{}")))
