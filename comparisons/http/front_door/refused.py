"""The exception that ends a request at the door."""


class Refused(Exception):
    """A request that the door answers itself.

    `status` is the HTTP status; `reason` names the counter; `retry_after` is in seconds, 0 for none.
    """

    def __init__(self, status: int, reason: str, *, retry_after: int = 0) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason
        self.retry_after = retry_after
