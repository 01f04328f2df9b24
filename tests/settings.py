"""The project's own settings, with what makes tests quick and keeps them to themselves.

The lane is chosen from outside: DATABASE_URL and REDIS_URL as for the service; without them SQLite
in a file (as in the service: threads and processes of a test share it) and an embedded broker.
"""

import os
import tempfile
from pathlib import Path

#: Models, database and broker files of this test process; tests/conftest.py removes it at the end.
TEST_DIR = Path(tempfile.mkdtemp(prefix="harrow-tests-"))

os.environ["HARROW_VAR_DIR"] = str(TEST_DIR)
os.environ["HARROW_LOCAL"] = "1"
os.environ["HARROW_DEMO"] = "0"
os.environ["SECRET_KEY"] = "for tests only, and known to everybody who reads this file"
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Mail goes out whatever time of day the tests run at; tests of quiet hours set them.
os.environ["QUIET_HOURS"] = ""
# The workers of a run share the cores: threads of the numeric libraries would spend them on waiting
# for each other. Has to be said before one of these is imported; a test that is about threads asks
# for them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from config.settings import *  # noqa: E402, F403  - the environment has to be set first
from config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}

# As in public: nobody of the staff gets in with the password alone.
SECOND_FACTOR_FOR_STAFF = True

# Argon2 is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Without collected files there is no manifest to look names up in.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
