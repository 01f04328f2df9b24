"""What is typed before anything was started is answered with what to do, and with no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.running.installation import ROOT


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What a command in an installation that keeps everything in `folder` says."""
    own = {"HARROW_VAR_DIR": str(folder), "HARROW_LOCAL": "1"}
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=others | own,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["measures", "rank"])
def test_command_before_there_is_a_database_says_how_to_make_one(
    tmp_path: Path, command: str
) -> None:
    answer = typed(tmp_path, command)
    assert answer.returncode == 1
    assert "`make run` makes one" in answer.stderr
    assert "Traceback" not in answer.stderr
