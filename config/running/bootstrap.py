"""Makes the environment: .venv, the pinned packages, the front-end assets.

Runs under any Python 3.11 with nothing installed (`python3 -m config.running.bootstrap`), so it and
what it imports use the standard library only. What is up to date is left alone: each part keeps a
fingerprint of the files that it was made from.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from config.running.assets import build_assets
from config.running.steps import StepFailed, run_step, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMPS = VENV / "made-from"

NO_ENSUREPIP = """\
This Python cannot make virtual environments: its module `ensurepip` is missing.

  Debian, Ubuntu   sudo apt install python3-venv

Or choose another Python: make setup PYTHON=/path/to/python3"""


def fingerprint(*parts: str, files: Iterable[Path] = ()) -> str:
    """One hash of `parts` and of the names and contents of `files`."""
    digest = hashlib.sha256("\0".join(parts).encode())
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Makes .venv with the Python that runs this, unless a working one is there.

    Raises:
        StepFailed: this Python cannot make environments.
    """
    if works(VENV / "bin" / "python"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise StepFailed(NO_ENSUREPIP)
    shutil.rmtree(VENV, ignore_errors=True)
    run_step(
        f"Making .venv with Python {sys.version.split()[0]}",
        [sys.executable, "-m", "venv", str(VENV)],
    )


def works(python: Path) -> bool:
    """Whether `python` starts, is new enough and has pip (a Python may have been uninstalled)."""
    check = "import sys, pip; sys.exit(not sys.version_info >= (3, 11))"
    return (
        python.exists()
        and subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
    )


def install(requirements: str, what: str) -> None:
    """Installs a requirements file, with hashes checked, unless that was done already."""
    source = ROOT / requirements
    made_from = fingerprint(str((VENV / "bin" / "python").resolve()), files=[source])
    stamp = STAMPS / requirements
    if stamp.exists() and stamp.read_text() == made_from:
        return
    run_step(
        f"Installing {what}",
        [
            str(VENV / "bin" / "python"), "-m", "pip", "install", "--require-hashes",
            "--disable-pip-version-check", "--no-input", "-r", str(source),
        ],
    )  # fmt: skip
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(made_from)


def compile_translations() -> None:
    """Makes what is read at run time of the catalogues, unless they are as they were."""
    sources = sorted((ROOT / "web" / "locale").rglob("*.po"))
    made_from = fingerprint(files=sources)
    stamp = ROOT / "web" / "locale" / ".compiled-from"
    if all(source.with_suffix(".mo").exists() for source in sources) and (
        stamp.exists() and stamp.read_text() == made_from
    ):
        return
    run_step(
        "Preparing the translations",
        [str(VENV / "bin" / "python"), "-m", "config.translation", "compile"],
        cwd=ROOT,
    )
    stamp.write_text(made_from)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what testing and checking need")
    arguments = parser.parse_args()
    started = time.monotonic()
    # Two of these at once would install over each other.
    with (ROOT / "requirements.txt").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            make_environment()
            install("requirements.txt", "the pinned packages")
            if arguments.dev:
                install("requirements-dev.txt", "what testing and checking need")
            build_assets(ROOT, VENV, install_node=lambda: install("requirements-node.txt", "Node"))
            compile_translations()
        except StepFailed as failure:
            say(f"\n{failure}")
            return 1
    if time.monotonic() - started > 5:
        say(f"The environment is ready ({time.monotonic() - started:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
