"""`make setup` finds a Python, needs nothing installed, does nothing twice, builds all of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.running import bootstrap
from config.running.assets import folder_with_node
from config.running.installation import ROOT
from config.running.steps import StepFailed, run_step

FIND_PYTHON = ROOT / "config" / "running" / "find-python.sh"
BUILT = ROOT / "web" / "assets" / "built"


def find_python(tmp_path: Path, version: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """What the script says where `python3` is of `version`."""
    fake = tmp_path / "python3"
    fake.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo Python {version} && exit\nexit 1\n')
    fake.chmod(0o755)
    (tmp_path / "cat").symlink_to("/bin/cat")
    return subprocess.run(
        ["/bin/sh", FIND_PYTHON, "setup"],
        env={"PATH": str(tmp_path), **environ},
        check=False,
        capture_output=True,
        text=True,
    )


def test_old_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    answer = find_python(tmp_path, "3.9.2")
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "Python 3.11 or newer is needed" in answer.stderr
    assert "What was found: Python 3.9.2" in answer.stderr
    assert "make setup PYTHON=" in answer.stderr


def test_newer_python_beside_an_old_one_is_found(tmp_path: Path) -> None:
    (tmp_path / "python3.12").symlink_to(sys.executable)
    assert find_python(tmp_path, "3.9.2").stdout.strip() == str(tmp_path / "python3.12")


def test_chosen_python_comes_first(tmp_path: Path) -> None:
    answer = find_python(tmp_path, "3.9.2", PYTHON=sys.executable)
    assert answer.stdout.strip() == sys.executable


def test_bootstrap_imports_the_standard_library_only() -> None:
    subprocess.run(
        [sys.executable, "-S", "-c", "import config.running.bootstrap"],
        cwd=ROOT, env={"PATH": os.environ["PATH"]}, check=True,
    )  # fmt: skip


def test_setup_does_nothing_twice() -> None:
    command = [sys.executable, "-m", "config.running.bootstrap", "--dev"]
    subprocess.run(command, cwd=ROOT, check=True)
    assert subprocess.check_output(command, cwd=ROOT, text=True) == ""


def test_changed_requirements_change_the_fingerprint(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    file = tmp_path / "requirements.txt"
    file.write_text("a==1")
    first = bootstrap.fingerprint("python3.11", files=[file])
    assert bootstrap.fingerprint("python3.11", files=[file]) == first
    assert bootstrap.fingerprint("python3.12", files=[file]) != first
    file.write_text("a==2")
    assert bootstrap.fingerprint("python3.11", files=[file]) != first


def test_old_node_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert folder_with_node(tmp_path / "venv") is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v24.1.0\n")
    assert folder_with_node(tmp_path / "venv") == tmp_path


def test_failed_step_says_which_and_shows_its_output() -> None:
    with pytest.raises(StepFailed, match="Counting failed") as problem:
        run_step("Counting", ["/bin/sh", "-c", "echo one; echo two >&2; exit 3"])
    assert "one\ntwo" in str(problem.value)


def test_style_sheet_carries_neither_crown_nor_transport() -> None:
    text = (BUILT / "styles" / "main.css").read_text(encoding="utf-8")
    assert ".govuk-button" in text
    assert '[dir="rtl"]' in text
    assert "prefers-color-scheme:dark" in text.replace(" ", "")
    for banned in ("GDS Transport", "crown", "crest"):
        assert banned not in text


def test_style_sheet_names_no_file_that_was_not_built() -> None:
    text = (BUILT / "styles" / "main.css").read_text(encoding="utf-8")
    named = re.findall(r"url\(\"?([^)\"]+)\"?\)", text)
    assert named
    for name in named:
        assert name.startswith("data:") or (BUILT / "styles" / name).resolve().is_file(), name
