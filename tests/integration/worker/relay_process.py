"""`manage.py relay`, knowing the kinds of work that only tests have."""

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    from tests.integration.worker import synthetic  # noqa: F401  - it registers its handlers

    call_command("relay")
