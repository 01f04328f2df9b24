"""The one place that reads the process environment."""

import os
from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)
# Commands typed beside a running `make run` work on what it runs. An installation that says its own
# SECRET_KEY is configured elsewhere, and never reads this file.
if not os.environ.get("SECRET_KEY"):
    env.read_env(str(BASE_DIR / "var" / "local.env"), recurse=False)

#: Where this installation keeps what it makes: database, models, broker, logs.
VAR_DIR = Path(env.str("HARROW_VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
