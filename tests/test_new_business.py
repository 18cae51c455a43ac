"""The author's way: a new business is one command, fails honestly at first, and touches nothing of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("requirements", "features", "steps", "reports", "tools", "tests/defects")
MACHINE = ("engine", "drivers", "reporting", "cli", "catalog", "model")
POTS = ("flower_pot", "--name", "鉢植え台帳", "--number", "990", "--area", "other")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room)  # compiled files, too: they save minutes
    return tmp_path


def call(checkout: Path, *words: str) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "tools"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=checkout, env=environment, capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_new_business_fails_until_its_rule_stands_and_leaves_the_machine_alone(checkout: Path) -> None:
    machine = {room: contents(checkout / "tools" / "kijun" / room) for room in MACHINE}
    code, said = call(checkout, "tools/new_business.py", *POTS)
    assert code == 0, said
    assert call(checkout, "-m", "kijun", "lint")[0] == 0
    assert call(checkout, "tools/check_slices.py", ".")[0] == 0
    code, said = call(checkout, "-m", "kijun", "run", "--business", "flower_pot", "--no-progress")
    assert code == 1, said
    assert "不適合の要件が 1 件あります（990-1.1.1-01）" in said

    rules = checkout / "tools" / "kijun" / "reference" / "flower_pot" / "rules.py"
    rules.write_text(rules.read_text(encoding="utf-8").replace("UNIT_YEN = 0 ", "UNIT_YEN = 1000 "), encoding="utf-8")
    code, said = call(checkout, "-m", "kijun", "run", "--business", "flower_pot", "--no-progress")
    assert code == 0, said
    code, said = call(checkout, "-m", "kijun", "prove", "--business", "flower_pot", "--jobs", "1")
    assert code == 0, said
    assert "○ CountsOneTooFew 990-1.1.1-01×2" in said
    assert {room: contents(checkout / "tools" / "kijun" / room) for room in MACHINE} == machine


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("light_vehicle_tax",), "すでにあるので何も書きませんでした"),
        (("flower_pot",), "登録簿（requirements/businesses.yaml）にありません"),
        (("Flower-Pot",), "小文字の英数字"),
        (("flower_pot", "--name", "鉢", "--number", "013", "--area", "other"), "別の業務の番号です"),
    ],
)
def test_what_cannot_be_scaffolded_is_told_and_nothing_is_written(
    checkout: Path, words: tuple[str, ...], told: str
) -> None:
    before = contents(checkout / "requirements")
    code, said = call(checkout, "tools/new_business.py", *words)
    assert code == 4
    assert told in said
    assert contents(checkout / "requirements") == before
