"""The installed command, called as a user calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from miniature import SYSTEM, Miniature

CHILD = Path(__file__).parent / "drivers" / "pot_child.py"


def over_stdio(mini: Miniature, habit: str, delay: str = "") -> None:
    command = json.dumps([sys.executable, str(CHILD), habit, "pricing", *([delay] if delay else [])])
    mini.write(f"{SYSTEM}/sut.yaml", f'sut:\n  driver: "stdio"\n  command: {command}\n')


def kijun(office: Miniature, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kijun", *words], cwd=office.root, capture_output=True, env={**os.environ, **environment}
    )


def text(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode("utf-8")
