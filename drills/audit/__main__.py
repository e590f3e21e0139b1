"""Attack a copy of the site with Mozilla's Observatory, wapiti and sqlmap, and print what they found.

The Observatory scores every kind of page behind TLS; wapiti and sqlmap attack public pages and sign-in
without it. Results are for `drills/RESULTS.md`; the exit status is 1 if anything was found.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from drills.audit.tls_front import TlsFront
from drills.audit.tools import observatory, scanner
from drills.site import ROOT, Site

HOST = "panelship.example"
BEST = 135
BEST_WITHOUT_SCRIPTS = 130  # five points are for scripts with a hash
MODULES = (
    "backup,buster,cookieflags,crlf,csp,exec,file,http_headers,inconsistent_redirection,information_disclosure,"
    "ldap,methods,permanentxss,redirect,shellshock,sql,timesql,upload,xss"
)
"""Without csrf, which wants tokens in forms, and those that ask outside servers to call back."""
EXPECTED = {"Secure Flag cookie"}  # it comes without TLS here; behind TLS the Observatory looks at cookies
PAGES = (
    "/",
    "/compare/",
    "/compare/code-llama-4-vs-mistral-3b/",
    "/compare/pick/?tool=llama&tool=whisper",
    "/tools/",
    "/tools/mistral-3b/",
    "/categories/machine-learning/",
    "/reviewers/",
    "/reviewers/skeptic/",
    "/methodology/",
    "/privacy/",
    "/search/?q=mistral",
    "/visitor-state/",
    "/bookmarks/",
    "/newsletter/",
    "/newsletter/asked/",
    "/nowhere/",
    "/tools/mistral-3c/",
    "/compare/mistral-3c-vs-code-llama-4/",
    "/tools/mistral-3b/vote/",
    "/admin/",
    "/admin/login/",
    "/admin/password/new/",
    "/admin/account/second-factor/",
    "/admin/nowhere/",
    "/%00",
)
WITHOUT_SCRIPTS = ("/search/suggestions/?q=mis", "/.well-known/security.txt", "/static/css/site.css")
ASKED_BY_SQLMAP = (
    "/search/?q=mistral&category=x&page=1",
    "/tools/?q=mistral&category=machine-learning&decision=ship&sort=panel&page=1",
    "/compare/?q=mistral&category=machine-learning&page=1",
    "/compare/pick/?tool=mistral&tool=llama",
    "/search/suggestions/?q=mis",
    "/tools/mistral-3b*/",
    "/compare/code-llama-4*-vs-mistral-3b/",
    "/visitor-state/?tool=mistral-3b&back=/",
)
FROM_HERE = "Sec-Fetch-Site: same-origin"
PLENTY = {"REQUESTS_PER_NETWORK": "100000000", "REQUESTS_PER_VISITOR": "100000000"}


class SecureSite(Site):
    """The site as it is behind a proxy that speaks TLS."""

    def get(self, path: str, **request: Any) -> tuple[int, dict[str, str], bytes]:
        return super().get(path, **{"headers": {"Host": HOST, "X-Forwarded-Proto": "https"}, **request})


def score_headers(seconds: int) -> bool:
    """Print a line for each kind of page; return whether all have the best score, and a bare server not."""
    package = observatory()
    with SecureSite(SITE_URL=f"https://{HOST}", TRUSTED_PROXIES="1") as site:
        pages = _scores(package, site.port, site.folder, [*PAGES, *WITHOUT_SCRIPTS], seconds)
    with tempfile.TemporaryDirectory() as folder, _bare_server(folder) as port:
        control = _scores(package, port, Path(folder), ["/"], seconds)
    print("| page | status | Observatory | lost |\n|---|---|---|---|")
    for page in [*pages, *({**each, "path": "a bare server, for control"} for each in control)]:
        print(
            f"| `{page['path']}` | {page['status']} | {page['score']} {page['grade']} | "
            f"{'; '.join(page['lost']) or '-'} |"
        )
    best = dict.fromkeys(PAGES, BEST) | dict.fromkeys(WITHOUT_SCRIPTS, BEST_WITHOUT_SCRIPTS)
    return all(page["score"] >= best[page["path"]] for page in pages) and control[0]["score"] < 50


def _scores(package: Path, port: int, folder: Path, paths: list[str], seconds: int) -> list[dict[str, Any]]:
    with TlsFront(site_port=port, folder=folder, host=HOST) as front:
        script = str(ROOT / "drills/audit/observatory.mjs")
        ports = [str(front.http_port), str(front.https_port)]
        command = ["node", script, str(package), HOST, *ports, *paths]
        environment = os.environ | {"NODE_EXTRA_CA_CERTS": str(front.certificate)}
        told = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=seconds, check=False
        )
    if told.returncode:
        raise SystemExit(told.stderr)
    return [json.loads(line) for line in told.stdout.splitlines()]


@contextmanager
def _bare_server(folder: str) -> Iterator[int]:
    """A Python server that sets only its name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def scan_with_wapiti(seconds: int) -> bool:
    """Print what wapiti found on public pages and sign-in; say whether that is nothing."""
    program = scanner("wapiti")
    with Site(**PLENTY) as site, tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        url = f"http://127.0.0.1:{site.port}/"
        command = [
            str(program),
            "--url",
            url,
            "--scope",
            "folder",
            "--module",
            MODULES,
            "--header",
            FROM_HERE,
        ]
        command += [
            "--start",
            f"{url}admin/login/",
            "--flush-session",
            "--no-bugreport",
            "--store-session",
            folder,
        ]
        # A quarter of the time is for finding pages, the rest for the modules, each of which may take its
        # part.
        limits = {"scan": seconds // 4, "attack": seconds * 3 // 4 // len(MODULES.split(","))}
        command += [f"--max-{what}-time={most}" for what, most in limits.items()] + [
            "--max-links-per-page",
            "60",
        ]
        command += ["--format", "json", "--output", str(report), "--level", "2", "--verbose", "0"]
        command += ["--detailed-report", "2", "--tasks", "4"]
        subprocess.run(command, stdout=subprocess.DEVNULL, timeout=seconds * 2, check=True)
        told = json.loads(report.read_text())
        errors = server_errors(site)
    found = []
    busy = 0
    for kind, those in chain(told["vulnerabilities"].items(), told["anomalies"].items()):
        if kind in EXPECTED:
            continue
        for each in those:
            if _status(each) == 503:
                busy += 1
            else:
                found.append((kind, each))
    for kind, each in found[:40]:
        print(f"- {kind}: {each['method']} {each['path']} {each.get('parameter') or ''} {each['info'][:150]}")
    pages = told["infos"].get("crawled_pages_nbr", "?")
    print(
        f"wapiti: {pages} pages crawled, found {len(found) or 'nothing'}, {busy} answers 503, "
        f"{errors} errors of ours"
    )
    return not found and errors == 0


def _status(found: dict[str, Any]) -> int:
    """Return the status of an answer that wapiti reports, or 0. 503 is the door's: too many at once."""
    return int(((found.get("detail") or {}).get("response") or {}).get("status_code") or 0)


def inject_with_sqlmap(seconds: int) -> bool:
    """Print what sqlmap found; say whether it found nothing but the hole made for it."""
    program = scanner("sqlmap")
    each = seconds // (len(ASKED_BY_SQLMAP) + 1)
    with _leaky_server() as port:
        control = _injects(program, f"http://127.0.0.1:{port}/?q=a", each)
    with Site(**PLENTY) as site:
        found = [
            path for path in ASKED_BY_SQLMAP if _injects(program, f"http://127.0.0.1:{site.port}{path}", each)
        ]
        errors = server_errors(site)
    print(
        f"sqlmap: {len(ASKED_BY_SQLMAP)} addresses, up to {each} s each, found {found or 'nothing'}, "
        f"{errors} errors of ours;",
        end=" ",
    )
    print(f"the hole made for control: {'found' if control else 'not found'}")
    return control and not found and errors == 0


def _injects(program: Path, url: str, seconds: int) -> bool:
    """Say whether sqlmap gets SQL of its own through an address."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(program),
            "--batch",
            "--url",
            url,
            "--level",
            "2",
            "--risk",
            "2",
            "--flush-session",
            "--threads",
            "2",
        ]
        command += [
            "--output-dir",
            folder,
            "--headers",
            FROM_HERE,
            "--disable-coloring",
            "--ignore-code",
            "404,422,429,503",
        ]
        try:
            told = subprocess.run(
                command, capture_output=True, text=True, timeout=seconds, check=False
            ).stdout
        except subprocess.TimeoutExpired as late:
            told = (late.stdout or b"").decode(errors="replace")
    return "is vulnerable" in told or "identified the following injection" in told


@contextmanager
def _leaky_server() -> Iterator[int]:
    """A server that puts the query into its SQL."""

    class Leaky(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query).get("q", [""])[0]
            try:
                rows = sqlite3.connect(":memory:").execute(f"SELECT 'row' WHERE 'a' = '{asked}'").fetchall()
            except sqlite3.Error as error:
                rows = [error]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"<p>{rows}</p>".encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Leaky)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


def server_errors(site: Site) -> int:
    """Return the number of internal server errors in the log."""
    return site.log.read_text(errors="replace").count("Internal Server Error")


PARTS: dict[str, Callable[[int], bool]] = {
    "observatory": score_headers,
    "wapiti": scan_with_wapiti,
    "sqlmap": inject_with_sqlmap,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"which of {', '.join(PARTS)}")
    parser.add_argument("--seconds", type=int, default=900, help="about how long each may take")
    options = parser.parse_args()
    fine = [PARTS[part](options.seconds) for part in options.parts]
    sys.exit(0 if all(fine) else 1)


if __name__ == "__main__":
    main()
