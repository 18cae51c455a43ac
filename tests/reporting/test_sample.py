"""The committed sample: what a stranger is shown is what the program makes today, and it can be verified."""

from __future__ import annotations

import base64
import gzip
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kijun.catalog.root import shipped_root
from kijun.cli.report_command import ON_REQUEST, RENDERERS
from kijun.reporting.run_view import RunView

SAMPLE = shipped_root() / "reports" / "samples" / "reference"
ANEW = "make sample writes it anew"
PACKED = re.compile(rb'(<script type="text/plain"[^>]*>)([^<]*)')


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> RunView:
    folder = tmp_path_factory.mktemp("sample")
    with zipfile.ZipFile(SAMPLE / "bundle.zip") as archive:
        archive.extractall(folder)
    return RunView.read(folder / "data")


@pytest.mark.parametrize("name", ["report.json", "junit.xml"])
def test_the_text_reports_are_those_of_today(view: RunView, name: str) -> None:
    assert (SAMPLE / name).read_bytes() == RENDERERS[name](view), ANEW


@pytest.mark.parametrize("kind", ["pdf", "badge"])
def test_paper_and_badge_are_those_of_today(view: RunView, kind: str) -> None:
    for name, content in ON_REQUEST[kind].files(view):
        assert (SAMPLE / name).read_bytes() == content, ANEW


def test_the_page_is_that_of_today(view: RunView) -> None:
    assert unpacked((SAMPLE / "report.html").read_bytes()) == unpacked(RENDERERS["report.html"](view)), ANEW


def test_the_workbook_is_that_of_today(view: RunView, tmp_path: Path) -> None:
    made = tmp_path / "report.xlsx"
    made.write_bytes(RENDERERS["report.xlsx"](view))
    assert list(sheets(SAMPLE / "report.xlsx")) == list(sheets(made)), ANEW


def test_a_stranger_verifies_it_with_the_two_commands_of_its_page(tmp_path: Path) -> None:
    told = (SAMPLE / "README.md").read_text(encoding="utf-8")
    block = told.split("```console\n")[1].split("```")[0]
    commands = [line.split() for line in block.splitlines()]
    assert len(commands) == 2
    for command in commands:
        assert command[0] == "kijun"
        ended = subprocess.run(
            [sys.executable, "-m", *command], cwd=SAMPLE, capture_output=True, encoding="utf-8", check=False
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "計算し直した判定も同じです" in ended.stdout


def unpacked(page: bytes) -> bytes:
    """The page with its data unpacked: compression differs between machines."""
    return PACKED.sub(lambda found: found[1] + gzip.decompress(base64.b64decode(found[2])), page)


def sheets(path: Path) -> Iterator[tuple[str, list[list[object]]]]:
    book = CalamineWorkbook.from_path(path)
    return ((name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
