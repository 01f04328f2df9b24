"""What to do first: the demonstration's logins, or how to make the first administrator.

Runs as a process of its own: `python -m config.running.welcome`.
"""

import os
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from config.running.steps import say

FIRST_ADMINISTRATOR = """\
Nobody can administer it yet. Make the first administrator in another window:
  .venv/bin/python manage.py createsuperuser"""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if settings.DEMO:
        call_command("demo_logins")
    elif not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
        say(FIRST_ADMINISTRATOR)
    return 0


if __name__ == "__main__":
    sys.exit(main())
