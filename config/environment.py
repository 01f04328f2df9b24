"""The one place that reads the process environment."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

#: Where this installation keeps what it makes: database, models, broker, logs.
VAR_DIR = Path(env.str("HARROW_VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
