"""What workers do, done in this process."""

from django.core import mail
from django.core.mail import EmailMessage

from core.clock import now
from core.models import Fact
from worker.performing import perform


def work_is_done(*kinds: str) -> None:
    """Do all that is due, and what follows from it; of these kinds where some are named."""
    for _ in range(50):
        due = Fact.objects.due(now())
        ids = list((due.filter(kind__in=kinds) if kinds else due).values_list("pk", flat=True))
        if not ids:
            return
        for fact_id in ids:
            perform(fact_id)
    raise AssertionError("work makes work without end")


def mails_about_accounts() -> list[EmailMessage]:
    """Give all mails, once a worker has sent those about accounts that wait for one."""
    work_is_done("mail.sealed")
    return mail.outbox
