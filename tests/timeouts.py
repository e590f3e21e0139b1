"""How long tests wait for what must happen.

A busy machine is slow, which is no failure: only a test that hangs is one.
"""

from typing import Any

SECONDS = 120


def raise_timeouts(*, databases: dict[str, Any], mailers: dict[str, Any]) -> None:
    """Let settings wait SECONDS for the database and the mail server, where the site gives up early to free
    its threads."""
    options = databases["default"]["OPTIONS"]
    if "pool" in options:
        options["options"] = f"-c statement_timeout={SECONDS * 1000} -c lock_timeout={SECONDS * 1000}"
        options["connect_timeout"] = options["pool"]["timeout"] = SECONDS
    else:
        options["timeout"] = SECONDS
    for mailer in mailers.values():
        if "timeout" in mailer.get("OPTIONS", {}):
            mailer["OPTIONS"]["timeout"] = SECONDS
