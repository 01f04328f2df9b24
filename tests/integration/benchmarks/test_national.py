"""The national benchmark runs through real workers and a real broker, and finds itself right."""

import re
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_two_workers_write_the_lists_of_the_whole_board(tmp_path):
    sizes = ["--volunteers", "3000", "--roles", "300", "--dense", "16", "--sample", "8"]
    command = [sys.executable, "-m", "benchmarks.national", *sizes, "--folder", str(tmp_path)]

    run = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300, check=False
    )

    assert run.returncode == 0, run.stderr
    assert "the same bytes whether 1 or 2 at a time: 8 of 8" in run.stdout
    same, looked_at = re.search(r"as the whole board: (\d+) of (\d+)", run.stdout).groups()
    assert same == looked_at
    assert int(looked_at) > 10
    assert "speed-up" in run.stdout
    assert not list(tmp_path.iterdir())
