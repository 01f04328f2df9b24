"""The Celery application: how messages travel and how workers behave.

A message carries the id of a fact and nothing else. That work is done is the outbox's promise, not
the broker's: a message is acknowledged as soon as a worker has it, and the relay sends again what
was lost.

    celery --app worker.app worker --without-gossip --without-mingle --without-heartbeat
    celery --app worker.app beat
"""

import logging
import os
from datetime import timedelta
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Django's checks load every page and address; `make check` has run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from kombu.entity import Queue

#: Work that somebody may be waiting for; taken before SLOW whenever a worker is free.
QUICK: Final = "quick"
#: Work that nobody waits for, such as a block of the nightly ranking.
SLOW: Final = "slow"

#: No single piece of work may take longer: a ranking of everybody is many pieces.
LONGEST_WORK: Final = timedelta(minutes=15)

app = Celery("worker")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        # A message is gone from the broker once a worker has taken it: the broker never hands it on
        # (there is no visibility timeout that work could outlast). With acknowledgements in
        # the broker, a worker that could not send one when the broker died took no more work, ever.
        "ack_emulation": False,
        # Of two queues that hold messages, the one named first below is emptied first.
        "queue_order_strategy": "priority",
        # Nothing waits for ever on a broker that went without closing its connections.
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 5,
    },
    task_queues=[Queue(QUICK), Queue(SLOW)],
    task_default_queue=QUICK,
    task_create_missing_queues=False,
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=False,
    task_soft_time_limit=LONGEST_WORK.total_seconds(),
    task_time_limit=LONGEST_WORK.total_seconds() + 30,
    # Two at least, so that one long piece of work leaves room for a short one.
    worker_concurrency=max(2, os.cpu_count() or 1),
    # A message is taken only when a process is free for it: none waits behind long work.
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    # A new process loads scikit-learn before it says that it is there.
    worker_proc_alive_timeout=60,
    # A process that once needed much memory never gives it back: a new one takes its place.
    # More than the sentence encoders and everybody's vectors take together: one that had to read
    # them anew after each piece of work would do little else.
    worker_max_memory_per_child=3_000_000,  # kB
    # What runs is seen in the outbox; commands through the broker would be one more thing to break.
    worker_enable_remote_control=False,
    worker_redirect_stdouts=False,
    enable_utc=True,
    timezone="UTC",
    # The timetable itself is worker/timetable.py: beat keeps no memory that could be lost or split.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={
        "each-minute": {
            "task": "worker.tasks.each_minute",
            "schedule": timedelta(minutes=1),
            # Those that waited for a worker say nothing that the next one does not.
            "options": {"expires": 60},
        }
    },
    imports=["worker.tasks"],
)


@setup_logging.connect
def _keep_the_projects_logging(**_: Any) -> None:
    """Celery leaves logging alone when somebody answers this signal; settings.LOGGING stands."""
    # Each piece of work has its own line (worker.performing): "received" and "succeeded" add none.
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
