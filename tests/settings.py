"""The site's settings on the test run's database. Imported before all other test modules."""

import os
import re
import tempfile
from pathlib import Path

from tests.throwaway_postgres import start
from tests.timeouts import raise_timeouts

IS_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ  # it inherits what the controlling process set up

if not IS_WORKER:
    # Every setting that the site reads, so that none of this machine's own reaches the tests.
    source = Path(__file__).parent.with_name("comparisons") / "settings.py"
    for name in re.findall(r'env\.\w+\("([A-Z_]+)"', source.read_text()):
        os.environ.pop(name, None)
    os.environ["DATABASE_POOL_SIZE"] = "60"  # room for fifty simultaneous requests
    os.environ["SECRET_KEY"] = "only-for-tests-and-therefore-not-a-secret-at-all"
    if IS_POSTGRESQL:
        os.environ["DATABASE_URL"] = start()
    # A folder for each run, so that two runs on one machine do not meet.
    _folder = tempfile.TemporaryDirectory(prefix="panelship-test-")
    os.environ["TEST_FOLDER"] = _folder.name

from comparisons.settings import *  # noqa: E402, F403
from comparisons.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [MIDDLEWARE[0], "tests.middleware.watch_public_pages", *MIDDLEWARE[1:]]
ZEAL_RAISE = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
raise_timeouts(databases=DATABASES, mailers=MAILERS)
if not IS_POSTGRESQL:
    # A file, because two connections to it meet each other's locks as they do in production.
    # What a test wrote need not outlive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": Path(os.environ["TEST_FOLDER"]) / "test.sqlite3"}
