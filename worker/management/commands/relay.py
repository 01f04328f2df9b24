"""`manage.py relay`: hand facts from the outbox to the broker until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from worker.relay import Relay


class Command(BaseCommand):
    help = "Hands background work from the outbox to the broker until it is told to stop."
    requires_system_checks = []  # they load every page and address; `make check` has run them

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        Relay().run(stop)
