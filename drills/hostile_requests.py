"""Requests that bent an answer, a vote or a log when they reached Django directly."""

import contextlib
import socket
import time

from drills.site import Site

PAGE = "/search/?q=caf%C3%A9"
MEGABYTES = 300
TOKEN = "leave-token-of-22-char"


def charset_on_a_get(site: Site) -> str:
    """A GET that names a charset gets what everybody gets."""
    usual = _without_date(site.get(PAGE))
    bent = [
        charset
        for charset in ("utf-16", "utf-7", "cp037", "hex")
        if _without_date(_typed(site, charset)) != usual
    ]
    return f"{len(bent)} of 4 charsets change the page ({', '.join(bent) or 'none'})"


def underscores_in_names(site: Site) -> str:
    """Behind a proxy, `X_Forwarded_For` does not say who is asking."""
    for number in range(20):
        headers = {
            "X-Forwarded-For": "198.51.100.1",
            "X_Forwarded_For": f"203.0.{number}.1",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        site.get("/tools/mistral-3b/vote/", method="POST", headers=headers, body=b"decision=ship")
    code = "from reviews.models import Vote; print(Vote.objects.values('network').distinct().count())"
    return (
        "20 votes of one client stand under "
        f"{site.manage('shell', '--no-imports', '-c', code).strip()} networks"
    )


def large_body(site: Site, *, is_chunked: bool) -> str:
    """A file of 300 MB for a page that takes none is read up to the limit, and nothing is kept."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    sent = 0
    most_on_disk = 0
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as client:
        length = (
            "Transfer-Encoding: chunked"
            if is_chunked
            else f"Content-Length: {len(head) + MEGABYTES * 1_000_000}"
        )
        client.sendall(
            b"POST /newsletter/subscribe/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n" + length.encode() + b"\r\n\r\n"
        )
        with contextlib.suppress(OSError):
            client.sendall(b"%x\r\n%b\r\n" % (len(head), head) if is_chunked else head)
            for _ in range(MEGABYTES):
                client.sendall(b"F4240\r\n" + b"x" * 1_000_000 + b"\r\n" if is_chunked else b"x" * 1_000_000)
                sent += 1
                most_on_disk = max(
                    most_on_disk, sum(each.stat().st_size for each in site.folder.glob("*.upload*"))
                )
            client.sendall(b"0\r\n\r\n" if is_chunked else b"")
        try:
            status = client.recv(12)[9:].decode() or "cut off"
        except OSError:
            status = "cut off"
    return (
        f"{status} after {sent} MB and {time.monotonic() - began:.1f} "
        f"s, {most_on_disk // 1_000_000} MB on disk"
    )


def expect_continue(site: Site) -> str:
    """A client that asks whether it may send 300 MB is refused before it sends a byte."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=5) as client:
        client.sendall(
            b"POST /newsletter/subscribe/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: "
            b"same-origin\r\nExpect: 100-continue\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000000\r\n\r\n"
        )
        try:
            return client.recv(12)[9:].decode()
        except TimeoutError:
            return "no answer within 5 s"


def tokens_in_logs(site: Site) -> str:
    """The token of a letter is in no log."""
    for method, path in (
        ("PUT", "unsubscribe"),
        ("GET", "unsubscribe"),
        ("PUT", "confirm"),
        ("DELETE", "unsubscribe"),
    ):
        site.get(f"/newsletter/{path}/{TOKEN}/", method=method, headers={"Sec-Fetch-Site": "same-origin"})
    return f"{site.log.read_text().count(TOKEN)} lines of the log hold the token"


def _typed(site: Site, charset: str) -> tuple[int, dict[str, str], bytes]:
    return site.get(PAGE, headers={"Content-Type": f"text/plain; charset={charset}"})


def _without_date(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, str, bytes]:
    status, headers, body = answer
    return status, headers.get("content-security-policy", ""), body


def main() -> None:
    print("| experiment | old | door |\n|---|---|---|")
    with Site(entry="old", TRUSTED_PROXIES="1") as old, Site(entry="door", TRUSTED_PROXIES="1") as door:
        experiments = {
            "charset on a GET": charset_on_a_get,
            "underscore header": underscores_in_names,
            "300 MB": lambda site: large_body(site, is_chunked=False),
            "300 MB, chunked": lambda site: large_body(site, is_chunked=True),
            "300 MB, Expect: 100-continue": expect_continue,
            "newsletter token": tokens_in_logs,
        }
        for name, experiment in experiments.items():
            print(f"| {name} | {experiment(old)} | {experiment(door)} |", flush=True)


if __name__ == "__main__":
    main()
