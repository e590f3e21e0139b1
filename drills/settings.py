"""The site's own settings, with its static files collected into the drill's folder."""

import os
from pathlib import Path

from comparisons.settings import *  # noqa: F403
from comparisons.settings import DATABASES

STATIC_ROOT = Path(os.environ["DRILL_FOLDER"]) / "static"

if os.environ["DRILL_ENTRY"] == "old" and "pool" in DATABASES["default"]["OPTIONS"]:
    # Without the deadlines that belong to the front door.
    pool = DATABASES["default"]["OPTIONS"]["pool"]
    DATABASES["default"]["OPTIONS"]["pool"] = {
        name: pool[name] for name in ("min_size", "max_size", "timeout")
    }
