"""How long tests wait. A busy machine is slow; only a hanging test is a failure."""

from typing import Any

SECONDS = 120


def raise_timeouts(*, databases: dict[str, Any], mailers: dict[str, Any]) -> None:
    """Set the settings' timeouts for database and mail server to SECONDS."""
    options = databases["default"]["OPTIONS"]
    if "pool" in options:
        options["options"] = f"-c statement_timeout={SECONDS * 1000} -c lock_timeout={SECONDS * 1000}"
        options["connect_timeout"] = options["pool"]["timeout"] = SECONDS
    else:
        options["timeout"] = SECONDS
    for mailer in mailers.values():
        if "timeout" in mailer.get("OPTIONS", {}):
            mailer["OPTIONS"]["timeout"] = SECONDS
