"""The tools of the audit, each in its own folder below `.audit/`."""

import shutil
import subprocess
import sys
from pathlib import Path

from drills.site import ROOT

FOLDER = ROOT / ".audit"
OBSERVATORY = ("@mdn/mdn-http-observatory", "1.4.8")
SCANNERS = ("wapiti3==3.3.2", "sqlmap==1.10.10")


def observatory() -> Path:
    """Return the folder of the Observatory's package, installed if need be.

    Raises SystemExit without node and npm.
    """
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise SystemExit("The Observatory needs node and npm (on Debian and Ubuntu: apt install nodejs npm).")
    name, version = OBSERVATORY
    package = FOLDER / "node_modules" / name
    if not package.exists():
        FOLDER.mkdir(exist_ok=True)
        flags = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(["npm", "install", *flags, f"{name}@{version}"], cwd=FOLDER, check=True)
    # Its install script would fetch the list of sites that browsers know to be https. Ours is not on it.
    (package / "conf" / "hsts-preload.json").write_text("{}")
    return package


def scanner(name: str) -> Path:
    """Return the program of a scanner; both are installed if need be, with their own dependencies."""
    program = FOLDER / "scanners" / "bin" / name
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER / "scanners")], check=True)
        pip = [
            str(FOLDER / "scanners" / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, *SCANNERS], check=True, stderr=subprocess.DEVNULL)
    return program
