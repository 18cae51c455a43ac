"""Reads requirements/<area>/*.yaml: the requirement tables, one per business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import Position, Problem
from kijun.model.glossary import Glossary
from kijun.model.requirement import Requirement, RequirementTable

_NOT_TABLES = {"schema", "glossary", "import", "kpi", "layouts", "flows", "lint", "profiles", "scoring", "systems"}
_CLAIM = re.compile(r"こと(?=[。．\n]|\s*$)")


def table_paths(root: Path) -> list[Path]:
    """Every requirement table of a root: one folder per ministry area."""
    folders = (path for path in (root / "requirements").iterdir() if path.is_dir() and path.name not in _NOT_TABLES)
    return sorted(path for folder in folders for path in folder.glob("*.yaml"))


def read_tables(
    root: Path, glossary: Glossary, systems: frozenset[str]
) -> tuple[list[RequirementTable], list[Problem], bool]:
    """All tables, every problem within and between them, and whether every table could be read."""
    tables, problems, has_all_rows = [], [], True
    seen: dict[str, Position] = {}
    for path in table_paths(root):
        file = read_yaml(path)
        faults = file.problems or schema_problems("requirement_table", file)
        problems.extend(faults)
        if faults:
            has_all_rows = False
            continue
        table = _table(file)
        tables.append(table)
        problems.extend(_row_problems(table, glossary, seen))
        if table.business not in systems:
            hint = "requirements/businesses.yaml の slug を書いてください。"
            problems.append(
                Problem(file.at("table", "business"), f"業務「{table.business}」は登録簿にありません。", hint)
            )
    return tables, problems, has_all_rows


def _table(file: YamlFile) -> RequirementTable:
    head = file.data["table"]
    return RequirementTable(
        business=head["business"],
        edition=head["edition"],
        status=head["status"],
        source=head["source"],
        requirements=tuple(
            Requirement.from_row(row, head["business"], file.at("requirements", index))
            for index, row in enumerate(file.data["requirements"])
        ),
        retired={row["id"]: row for row in file.data.get("retired", ())},
    )


def _row_problems(table: RequirementTable, glossary: Glossary, seen: dict[str, Position]) -> Iterator[Problem]:
    for one in table.requirements:
        if one.id in seen:
            hint = f"最初は {seen[one.id]} です。番号は一度しか使えません。"
            yield Problem(one.at, f"要件番号 {one.id} が重複しています。", hint)
        seen.setdefault(one.id, one.at)
        if one.id in table.retired:
            yield Problem(one.at, f"廃止した要件番号 {one.id} を再び使っています。", "新しい番号を付けてください。")
        yield from _sentence_problems(one)
        for key in (*one.operations, *one.row.get("documents", ())):
            if not (glossary.has_operation_key(key) or glossary.has_word_key(key)):
                yield Problem(
                    one.at,
                    f"要件 {one.id} の操作・帳票「{key}」は用語集にありません。",
                    "用語集のキーを書いてください。",
                )
        if one.effective_to and one.effective_to < one.effective_from:
            yield Problem(
                one.at,
                f"要件 {one.id} の適用終了日が開始日より前です。",
                "effective の from と to を確かめてください。",
            )
        dates = [date.fromisoformat(entry["date"]) for entry in one.row["history"]]
        if dates != sorted(dates):
            yield Problem(one.at, f"要件 {one.id} の history が日付の順ではありません。", "古い順に並べてください。")


def _sentence_problems(one: Requirement) -> Iterator[Problem]:
    """What is certain about the sentences of a row; what only an editor would mark is told by the editorial lint."""
    if (count := len(_CLAIM.findall(one.text))) > 1:
        hint = "行を分け、一文ごとに番号を付けてください。"
        yield Problem(one.at, f"要件 {one.id} の文に要件が {count} つあります（「…こと。」が {count} 回）。", hint)
    if not re.search(r"\w", one.row["rationale"]):
        yield Problem(one.at, f"要件 {one.id} の理由がありません。", "なければ誰の何が困るかを一文で書いてください。")
