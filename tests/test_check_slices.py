"""The check of slices is itself seen to fail: for a word too many, and for a room too few."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from miniature import PROFILE, SLUG, Miniature

ROOT = Path(__file__).parents[1]
CHECK = ROOT / "tools" / "check_slices.py"
COMPLETE = "業務は全ての部屋に揃い、共通の部屋に業務の語はありません。\n"
ROOMS = ("requirements", "features", "tools/kijun", "tests/defects")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository as far as the check looks at it."""
    for room in ROOMS:
        if (ROOT / room).is_dir():
            shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def check(root: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, str(CHECK), str(root)], capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def add(root: Path, name: str, text: str) -> None:
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(text)


def test_the_repository_is_complete_and_its_machine_knows_no_business() -> None:
    assert check(ROOT) == (0, COMPLETE)


def test_a_business_word_in_the_machine_is_told_with_its_place(copy: Path) -> None:
    findings = [
        ("reporting/json_report.py", '\nNAME = "assessment-results"\n', "業務の語「assessment」があります"),
        (
            "reporting/oscal_report.py",
            "\ndef tax_of(case: object) -> int: ...\n",
            "業務の語「tax」があります（tax_of）",
        ),
        ("engine/planner.py", "\ndef tax_of(case: object) -> int: ...\n", "業務の語「tax」があります（tax_of）"),
        ("engine/world.py", "\n\nclass PlateNumbers: ...\n", "業務の語「plate」があります（PlateNumbers）"),
        ("model/plan.py", "\nDUE_DATE = 1\n", "業務の語「due_date」があります（DUE_DATE）"),
        ("cli/common.py", '\nHELP = "軽自動車税の試験"\n', "業務の語「軽自動車税」があります（軽自動車税の試験）"),
        ("drivers/stdio.py", '\nDEFAULT = f"{1}/vehicles"\n', "業務の語「vehicles」があります（/vehicles）"),
        ("catalog/wire.py", "\nimport kijun.reference.light_vehicle_tax\n", "業務の語「light_vehicle_tax」があります"),
    ]
    for name, text, _ in findings:
        add(copy, f"tools/kijun/{name}", text)
    code, said = check(copy)
    assert code == 1
    for name, _, told in findings:
        assert any(line.startswith(f"tools/kijun/{name}:") and told in line for line in said.splitlines()), said


def test_a_docstring_or_comment_may_name_a_business_as_an_example(copy: Path) -> None:
    add(copy, "tools/kijun/engine/planner.py", '\n\ndef one() -> None:\n    """Like 軽自動車税."""  # vehicle_class\n')
    assert check(copy) == (0, COMPLETE)


@pytest.fixture
def whole(mini: Miniature) -> Miniature:
    """The miniature standard with a reference system and defects: complete in every room."""
    mini.edit("requirements/businesses.yaml", "internal_administration", "plants")
    mini.write(f"tools/kijun/reference/{SLUG}/rules.py", "")
    mini.write(f"tests/defects/{SLUG}.py", "")
    assert check(mini.root)[0] == 0
    return mini


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        (f"requirements/glossary/{SLUG}.yaml", "の glossary がありません。"),
        (f"features/plants/{SLUG}/pots.feature", "の features がありません。"),
        (f"tools/kijun/reference/{SLUG}/rules.py", "の reference がありません。"),
        (f"tests/defects/{SLUG}.py", "の defects がありません。"),
        (PROFILE, "を挙げるプロファイルがありません。"),
    ],
)
def test_a_missing_room_is_told(whole: Miniature, lost: str, told: str) -> None:
    (whole.root / lost).unlink()
    code, said = check(whole.root)
    assert (code, f"業務「{SLUG}」{told}" in said) == (1, True), said


def test_a_slice_without_a_table_is_told(whole: Miniature) -> None:
    (whole.root / whole.table).unlink()
    assert f"{whole.glossary}:1: 要件表のない業務「{SLUG}」です。" in check(whole.root)[1]


def test_a_table_in_the_wrong_area_is_told(whole: Miniature) -> None:
    whole.edit("requirements/businesses.yaml", "plants", "welfare")
    assert f"{whole.table}:1: 業務「{SLUG}」の区分は登録簿では「welfare」です。" in check(whole.root)[1]
