"""`manage.py demo_logins`: who can sign in to the demonstration, and what for."""

from typing import Any

from django.core.management.base import BaseCommand

from demonstration import logins
from demonstration.models import Loading


class Command(BaseCommand):
    help = "Prints the logins of the demonstration borough."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Loading.objects.exists():
            self.stdout.write(
                "The demonstration borough is not loaded. Load it with “manage.py load_demo”."
            )
            return
        self.stdout.write(logins.table())
