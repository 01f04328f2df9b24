"""`manage.py index_roles`: make anew what the search looks into."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from opportunities.services import search_index


class Command(BaseCommand):
    help = (
        "Reads all roles again for the search. It is done by itself each night, and whenever a "
        "role is published or changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        changed = search_index.rebuild()
        self.stdout.write(f"{changed} rows changed in {time.perf_counter() - began:.1f} s.")
