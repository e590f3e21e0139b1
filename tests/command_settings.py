"""The site's own settings, but for the timeouts: for commands that tests start in processes of their own."""

from comparisons.settings import *  # noqa: F403
from comparisons.settings import DATABASES, MAILERS
from tests.timeouts import raise_timeouts

raise_timeouts(databases=DATABASES, mailers=MAILERS)
