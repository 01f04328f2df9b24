"""Scripts in a process of their own: for what a process has loaded, and others must not have."""

import subprocess
import sys

from django.conf import settings


def printed_by(script: str) -> list[str]:
    """The words that a script prints, run with the settings of the tests; fails when it fails."""
    finished = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.split()
