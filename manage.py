#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection


def has_tables() -> bool:
    """Whether the database has been made; True where it cannot be asked."""
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError:
        if has_tables():
            raise
        sys.exit(
            "There is no service here yet: `make run` makes one with a demonstration borough, "
            "`manage.py migrate` an empty database."
        )
