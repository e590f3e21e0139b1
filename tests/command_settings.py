"""The site's settings with longer timeouts, for commands that tests start."""

from comparisons.settings import *  # noqa: F403
from comparisons.settings import DATABASES, MAILERS
from tests.timeouts import raise_timeouts

raise_timeouts(databases=DATABASES, mailers=MAILERS)
