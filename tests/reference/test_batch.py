"""The batch command: files in, files out, through the same doors as every other request."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import TypeAdapter

from kijun.reference import app, batch, routing

Run = Callable[..., int]
PERSON = ["通番", "氏名", "住所", "支援措置"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs one command on a database of its own."""

    def command(*words: str) -> int:
        return batch.main(["--database", f"sqlite:///{tmp_path / 'reference.sqlite'}", *words])

    return command


def rows(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def opened(run: Run, folder: Path) -> dict[str, str]:
    told = folder / "opened.csv"
    assert (
        run("open", "--code", "992011", "--class", "general_city", "--date", "2026-06-01", "--output", str(told)) == 0
    )
    return rows(told)[0]


def job(folder: Path, operation: str, tenant: dict[str, str], role: str = "assessor", *more: str) -> list[str]:
    where = ["--input", str(folder / "in.csv"), "--output", str(folder), "--end", str(folder / "end")]
    who = ["--tenant", tenant["tenant"], "--key", tenant[role], "--date", "2026-06-01"]
    return ["run", "--operation", operation, *who, *where, *more]


def written(folder: Path, *lines: list[str], encoding: str = "utf-8") -> None:
    told = io.StringIO()
    csv.writer(told).writerows(lines)
    (folder / "in.csv").write_bytes(told.getvalue().encode(encoding))


def test_every_row_is_a_request_and_its_results_bear_its_number(tmp_path: Path, run: Run) -> None:
    tenant = opened(run, tmp_path)
    name = '架空　甲,\r\n"乙"'
    written(tmp_path, PERSON, ["7", name, "架空県1", ""], ["8", "", "架空県2", "1"], ["9", "架空　丙", "架空県3", "1"])
    assert run(*job(tmp_path, "register_taxpayer", tenant)) == 0
    told = rows(tmp_path / "register_taxpayer_result.csv")
    assert [(row["通番"], row["処理結果"], row["理由"]) for row in told] == [
        ("7", "正常", ""),
        ("8", "拒否", "missing_item"),
        ("9", "正常", ""),
    ]
    assert told[1]["説明"] == "nameがありません。"
    assert (tmp_path / "end").exists()
    written(tmp_path, ["通番", "処理名", "対象番号"], ["1", "register_taxpayer", ""], ["2", "open_nothing", ""])
    assert run(*job(tmp_path, "get_operation_log", tenant, "administrator")) == 0
    lines = rows(tmp_path / "get_operation_log_operation_log.csv")
    assert {(line["通番"], line["操作者"], line["処理結果"]) for line in lines} == {("1", "assessor-01", "completed")}
    assert len(lines) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-bom", "utf-16", "cp932"])
def test_files_are_read_and_written_in_the_encoding_that_is_asked_for(tmp_path: Path, run: Run, encoding: str) -> None:
    tenant = opened(run, tmp_path)
    python = batch.ENCODINGS[encoding]
    written(tmp_path, PERSON, ["1", "架空　髙橋", "架空県", ""], encoding=python)
    asked = job(tmp_path, "register_taxpayer", tenant, "assessor", "--encoding", encoding, "--newline", "crlf")
    assert run(*asked) == 0
    assert rows(tmp_path / "register_taxpayer_result.csv", python)[0]["処理結果"] == "正常"
    assert (tmp_path / "register_taxpayer_result.csv").read_bytes().decode(python).endswith('"\r\n')


def test_a_role_without_the_right_is_refused(tmp_path: Path, run: Run) -> None:
    tenant = opened(run, tmp_path)
    written(tmp_path, PERSON, ["1", "架空　甲", "架空県", ""])
    assert run(*job(tmp_path, "register_taxpayer", tenant, "inquirer")) == 0
    assert rows(tmp_path / "register_taxpayer_result.csv")[0]["理由"] == "forbidden"


def test_what_breaks_inside_is_told_as_a_failure(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError

    tenant = opened(run, tmp_path)
    module = __import__(routing.OPERATIONS["register_taxpayer"].module, fromlist=["_"])
    monkeypatch.setattr(module, "register_taxpayer", broken)
    written(tmp_path, PERSON, ["1", "架空　甲", "架空県", ""])
    assert run(*job(tmp_path, "register_taxpayer", tenant)) == 0
    told = rows(tmp_path / "register_taxpayer_result.csv")[0]
    assert (told["処理結果"], told["説明"]) == ("異常", "システムの異常です。")


@pytest.mark.parametrize(
    ("operation", "content", "told"),
    [
        ("register_taxpayer", "\ufeff通番,氏名,住所,支援措置\n".encode(), "BOM のない UTF-8 ではありません"),
        ("register_taxpayer", "通番,氏名,住所,支援措置\n".encode("cp932"), "utf-8 の CSV ではありません"),
        ("register_taxpayer", "通番,氏名,支援措置,住所\n".encode(), "レイアウトと違います"),
        ("register_taxpayer", "通番,氏名,住所,支援措置\n1,甲\n".encode(), "レイアウトと違います"),
        ("register_taxpayer", None, "No such file"),
        ("fly_to_the_moon", b"", "処理「fly_to_the_moon」のレイアウトがありません"),
    ],
)
def test_a_file_that_cannot_be_read_ends_the_command_without_an_end(
    tmp_path: Path,
    run: Run,
    capsys: pytest.CaptureFixture[str],
    operation: str,
    content: bytes | None,
    told: str,
) -> None:
    tenant = opened(run, tmp_path)
    if content is not None:
        (tmp_path / "in.csv").write_bytes(content)
    assert run(*job(tmp_path, operation, tenant)) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "end").exists()


def test_a_folder_is_worked_off_until_the_stop_and_a_bad_job_stops_nobody(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = opened(run, tmp_path)
    for name in ("1", "2", "3"):
        (tmp_path / name).mkdir()
    (tmp_path / "1" / "a.go").write_text("fly\nto the moon\n", encoding="utf-8")
    written(tmp_path / "2", PERSON, ["1", "架空　甲", "架空県", ""])
    (tmp_path / "2" / "b.go").write_text("\n".join(job(tmp_path / "2", "register_taxpayer", tenant)), encoding="utf-8")
    dropping = ["drop", "--tenant", tenant["tenant"], "--end", str(tmp_path / "3" / "end")]
    (tmp_path / "3" / "c.go").write_text("\n".join(dropping), encoding="utf-8")
    (tmp_path / "stop").touch()
    assert run("--watch", str(tmp_path)) == 0
    assert "invalid choice: 'fly'" in capsys.readouterr().err
    assert (tmp_path / "2" / "end").exists()
    assert (tmp_path / "3" / "end").exists()
    assert not list(tmp_path.glob("*/*.go"))


@pytest.mark.parametrize("words", [[], ["--watch", "x", "about", "--output", "y"]])
def test_either_a_folder_or_one_command(run: Run, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*words)
    assert caught.value.code == 2
    assert "どちらか一つを指定してください" in capsys.readouterr().err


def numbers_to_choose(annotation: Any) -> list[int]:
    """The numbers among the values that a form lets somebody choose from."""
    if get_origin(annotation) is Literal:
        return [one for one in get_args(annotation) if isinstance(one, int)]
    return [one for part in get_args(annotation) for one in numbers_to_choose(part)]


def test_a_number_to_choose_may_come_as_text_like_every_other_value() -> None:
    assert list(app.businesses())
    asked = 0
    for operation in routing.OPERATIONS.values():
        for name, field in operation.form.model_fields.items():
            kind: Any = TypeAdapter(
                Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            )
            for number in numbers_to_choose(field.annotation):
                assert kind.validate_python(str(number)) == number, (operation.module, name)
                asked += 1
    assert asked >= 2
