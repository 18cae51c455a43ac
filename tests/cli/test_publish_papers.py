"""kijun publish for whoever prints, edits in an office program, or manages requirements with a tool."""

from __future__ import annotations

from command_line import kijun, text
from flow_files import FLOW_FILE, FLOWS, flowing
from miniature import Miniature

PAPERS = ("pdf", "xlsx", "docx", "reqif", "bpmn")
BEGINNINGS = {
    "pdf": b"%PDF-1.7",
    "xlsx": b"PK",
    "docx": b"PK",
    "reqif": b'<?xml version="1.0" encoding="UTF-8"?>\n<REQ-IF',
}


def files(mini: Miniature, folder: str = "仕様書") -> dict[str, bytes]:
    there = mini.root / folder
    return {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*") if path.is_file()}


def test_every_paper_is_written_by_default(mini: Miniature) -> None:
    done = kijun(flowing(mini), "publish", "--out", "仕様書")
    assert done.returncode == 0, text(done)
    found = files(mini)
    for name, beginning in BEGINNINGS.items():
        assert found[f"specification.{name}"].startswith(beginning)
    assert b"<definitions" in found["flows/pot_register.planting.bpmn"]
    assert found["flows/pot_register.planting.svg"].startswith(b"<svg")
    assert "植えて代金を受け取る" in found["site/flows.html"].decode()


def test_papers_are_the_same_bytes_on_every_run(mini: Miniature) -> None:
    wanted = [word for one in PAPERS for word in ("--format", one)]
    assert kijun(flowing(mini), "publish", "--out", "仕様書", *wanted).returncode == 0
    assert kijun(mini, "publish", "--out", "二度目", *wanted, PYTHONHASHSEED="7").returncode == 0
    assert files(mini) == files(mini, "二度目")
    assert len(files(mini)) >= 6


def test_papers_of_a_frozen_edition_carry_its_name_and_day(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    assert kijun(mini, "publish", "--out", "仕様書", "--edition", "0.1", "--format", "reqif").returncode == 0
    told = files(mini)["specification.reqif"].decode()
    assert "0.1版（" in told
    assert 'LAST-CHANGE="2000-01-01' not in told


def test_without_flows_none_are_written_and_it_is_said(mini: Miniature) -> None:
    done = kijun(mini, "publish", "--out", "仕様書", "--format", "bpmn", "--format", "csv")
    assert done.returncode == 0
    assert "bpmn: この仕様に収録するものがないので、作りません。" in text(done)
    assert set(files(mini)) == {"requirements.csv"}


def test_a_flow_that_leads_nowhere_stops_the_publication(mini: Miniature) -> None:
    mini.write(FLOW_FILE, FLOWS.replace('next: ["count"]', 'next: ["counts"]'))
    done = kijun(mini, "publish", "--out", "仕様書")
    assert done.returncode == 3
    assert "次の作業「counts」はありません" in text(done)
    assert not (mini.root / "仕様書").exists()


def test_a_pdf_that_is_too_large_is_refused_before_anything_is_written(mini: Miniature) -> None:
    lines = (mini.root / mini.table).read_text(encoding="utf-8")
    seen = lines[lines.index('  - id: "999-1.1.1-06"') :]
    numbers = (f"999-{2 + one // 900}.{one // 90 % 10 + 1}.1-{one % 90 + 1:02}" for one in range(9_000))
    more = "".join(seen.replace("999-1.1.1-06", number) for number in numbers)
    mini.write(mini.table, lines + more)
    done = kijun(mini, "publish", "--out", "仕様書", "--format", "csv", "--format", "pdf")
    assert done.returncode == 4
    assert "一つの PDF には多すぎます。" in text(done)
    assert not (mini.root / "仕様書").exists()
