"""A miniature standard in which three requirements wait for a person, and ways to answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from miniature import REQUIREMENTS, SYSTEM, Miniature, requirement, statement_text, table_text

from kijun.catalog.yaml_reader import read_yaml

SEEN, SHOWN, SHUT = "999-1.1.1-06", "999-1.1.1-07", "999-1.1.1-08"
LOOKS_REAL = "1234 5678 9018"  # passes the check digit of a 個人番号; nobody's number
FILE = f"{SYSTEM}/attestations/attested.yaml"


def waiting(mini: Miniature) -> Miniature:
    """Nobody has confirmed anything yet; one requirement is inspected, two are demonstrated, one of them prohibited."""
    more = (
        (SHOWN, "声", "札を読み上げられること。", "mandatory", "inspection"),
        (SHUT, "扉", "温室の扉を開け放す機能を持たないこと。", "prohibited", "inspection"),
    )
    rows = [requirement(*row).replace('"inspection"', '"demonstration"') for row in more]
    mini.write(mini.table, table_text() + "".join(rows))
    answers = "".join(
        f'  - {{ requirement: "{one}", answer: "{answer}" }}\n' for one, answer in ((SHOWN, "yes"), (SHUT, "no"))
    )
    mini.write(f"{SYSTEM}/statement.yaml", statement_text() + answers)
    (mini.root / SYSTEM / "attestations" / "seen.yaml").unlink()
    assert len(REQUIREMENTS) == 6
    return mini


def attest(mini: Miniature, *words: str, answers: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command with what a person types on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "kijun", "attest", "--system", SYSTEM, *words],
        cwd=mini.root,
        input=answers.encode(environment.get("PYTHONIOENCODING", "utf-8")),
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


def text(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stdout + done.stderr).decode("utf-8")


def rows(mini: Miniature, name: str = FILE) -> list[dict[str, Any]]:
    path = mini.root / name
    if not path.exists():
        return []
    file = read_yaml(path)
    assert not file.problems
    found: list[dict[str, Any]] = file.data["attestations"]
    return found


def evidence(mini: Miniature, name: str, content: str | bytes) -> Path:
    path = mini.root / "証拠 置き場" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
