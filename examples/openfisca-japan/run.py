"""Asks OpenFisca-Japan the individual inhabitant tax: environment, server, run, report, and the server is stopped.

    python run.py            a report under kijun-out/
    python run.py --keep     ... which then replaces report.json and report.html of this folder

Needs kijun in the Python that runs this file, a Python 3.11 for OpenFisca-Japan (--python), and PyPI the first time.
The exit code is 0 when there is a report, whatever the report says; otherwise it is that of `kijun run`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
SPECIFICATION = HERE.parents[1]
PROFILE = SPECIFICATION / "requirements" / "profiles" / "sample_city_inhabitant_tax.yaml"
ENVIRONMENT, OUT = HERE / ".venv", HERE / "kijun-out"
REQUIREMENTS = HERE / "requirements.txt"
STARTED_WITHIN_SECONDS = 120.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--python", default=os.environ.get("OPENFISCA_PYTHON", "python3.11"), help="Python 3.11")
    parser.add_argument("--keep", action="store_true", help="replace the committed report by this run's")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then, too
    install(asked.python)
    folder = OUT / f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    with serving() as url:
        code = run(url, folder.name)
    if not (folder / "report.html").exists():
        return code or 3
    if asked.keep:
        for name in ("report.json", "report.html"):
            shutil.copyfile(folder / name, HERE / name)
    print(f"report: {folder / 'report.html'}")
    return 0


def install(python: str) -> None:
    """The pinned packages in an environment of their own; nothing to do when they are the ones installed last."""
    installed, wanted = ENVIRONMENT / "installed.txt", REQUIREMENTS.read_text(encoding="utf-8")
    if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
        return
    if shutil.which(python) is None:
        sys.exit(f"{python} is not here; OpenFisca-Japan needs Python 3.11. Name one with --python.")
    subprocess.run([python, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    pip = [str(tool("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(REQUIREMENTS)], check=True)
    installed.write_text(wanted, encoding="utf-8")


@contextmanager
def serving() -> Iterator[str]:
    """A server on a free port; it is stopped with its workers whatever happens inside."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [str(tool("openfisca")), "serve", "--country-package", "openfisca_japan", "--port", url.split(":")[-1]]
    with (HERE / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            wait_for(url, server)
            yield url
        finally:
            stop(server)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers. Ends the program when it does not."""
    deadline = time.monotonic() + STARTED_WITHIN_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{url}/spec", timeout=10):
                return
        except OSError:
            time.sleep(0.3)
    sys.exit(f"The server did not start; see {HERE / 'server.log'}.")


def stop(server: subprocess.Popen[bytes]) -> None:
    """First asked, then made to leave: the whole group, because workers outlive a master that was killed."""
    for sign, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        try:
            os.killpg(server.pid, sign)
            server.wait(seconds)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue


def run(url: str, name: str) -> int:
    """`kijun run` with the shipped requirements of this tax and the driver of this folder; returns its exit code."""
    asked = ["--spec", str(SPECIFICATION), "--profile", str(PROFILE), "--system", "."]
    places = [*asked, "--out", str(OUT), "--run-id", name]
    command = [sys.executable, "-m", "kijun", "run", *places]
    environment = {**os.environ, "KIJUN_BASE_URL": url, "KIJUN_CACHE": ""}
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def tool(name: str) -> Path:
    return ENVIRONMENT / "bin" / name


if __name__ == "__main__":
    raise SystemExit(main())
