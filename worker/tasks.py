"""The tasks: messages by name, a few lines each. Their names are stable; ids are all they carry."""

from typing import Any

import structlog
from celery.signals import worker_process_init

from core import clock
from core.outbox import attempts
from worker import handlers, performing, timetable
from worker.app import app

log = structlog.get_logger(__name__)


@app.task(name="worker.tasks.perform")
def perform(fact_id: int) -> None:
    """Do the work of one fact, unless that was done."""
    performing.perform(fact_id)


@app.task(name="worker.tasks.each_minute")
def each_minute() -> None:
    """State what happens by the clock, and guard a second time what the relay guards."""
    timetable.state_due(clock.now())
    attempts.sweep()
    attempts.close_superseded()


@worker_process_init.connect
def _prepare(**_: Any) -> None:
    """The first person to save a profile after a start does not wait for libraries to load."""
    handlers.prepare()
    log.info("worker.prepared")
