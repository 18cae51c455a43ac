"""Frozen editions: requirements/editions/<name>.json, the tables as they stood, written once and never again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.schemas import json_path, schema
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Position, Problem, UsageError
from kijun.model.requirement import Requirement, RequirementTable

_NAME = re.compile(r"[0-9A-Za-z]+([._-][0-9A-Za-z]+)*")
_NUMBER = re.compile(r"([0-9]+)")


def room(root: Path) -> Path:
    return root / "requirements" / "editions"


def edition_names(root: Path) -> list[str]:
    """Names of all frozen editions; numbers in them are ordered as numbers: 0.9 before 0.10."""
    return sorted((path.stem for path in room(root).glob("*.json")), key=_order)


def _order(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(name)]


def read_edition(root: Path, name: str) -> Edition:
    """Read one edition. Raises ConfigurationError with everything wrong; a changed file is never read as an edition."""
    path = room(root) / f"{name}.json"
    content, problems = _checked(path)
    if problems:
        raise ConfigurationError(problems)
    head = content["edition"]
    tables = tuple(_table(one, Position.of(path)) for one in content["tables"])
    return Edition(head["name"], tables, date.fromisoformat(head["date"]), head["note"], head["digest"])


def last_edition(root: Path) -> Edition | None:
    """The edition frozen last, by day and then by name."""
    editions = [read_edition(root, name) for name in edition_names(root)]
    return max(editions, key=lambda one: (one.frozen_on, _order(one.name)), default=None)


def place(root: Path, name: str) -> Path:
    """Where an edition of this name would lie. Raises UsageError for a name that cannot be one, or that is taken."""
    if not _NAME.fullmatch(name):
        hint = "半角の英数字を「.」「-」「_」でつないでください（例 0.3）。"
        raise UsageError(f"版の名前「{name}」は使えません。{hint}")
    path = room(root) / f"{name}.json"
    if path.exists():
        raise UsageError(f"「{name}」版は凍結済みです。凍結した版は書き換えられません。新しい名前を付けてください。")
    return path


def frozen(name: str, on: date, note: str, tables: Iterable[RequirementTable]) -> bytes:
    """The file of an edition: the same tables, name, day and note give the same bytes."""
    content: dict[str, Any] = {
        "edition": {"name": name, "date": on.isoformat(), "note": note},
        "tables": [_record(table) for table in tables],
    }
    content["edition"]["digest"] = _digest(content)
    return _written(content).encode("utf-8", "backslashreplace")  # half a character becomes its JSON escape


def edition_problems(root: Path, tables: Iterable[RequirementTable]) -> Iterator[Problem]:
    """Editions that are not what was frozen, and numbers of theirs that were dropped or taken again."""
    tables = tuple(tables)
    last_in: dict[str, tuple[str, str]] = {}  # id → business and name of the last edition that has it
    retired_in: dict[str, str] = {}
    for name in edition_names(root):
        try:
            edition = read_edition(root, name)
        except ConfigurationError as error:
            yield from error.problems
            continue
        last_in |= {one.id: (one.business, name) for one in edition.requirements.values()}
        retired_in |= dict.fromkeys((one for table in edition.tables for one in table.retired), name)
    yield from _number_problems(tables, last_in, retired_in)


def _number_problems(
    tables: tuple[RequirementTable, ...], last_in: dict[str, tuple[str, str]], retired_in: dict[str, str]
) -> Iterator[Problem]:
    known = {one.id: one.at for table in tables for one in table.requirements}
    retired = {one for table in tables for one in table.retired}
    places = {table.business: table.requirements[0].at.path for table in tables}
    for one, (business, name) in last_in.items():
        if business in places and one not in known and one not in retired:
            told = f"要件 {one} は {name} 版にありますが、この表の requirements にも retired にもありません。"
            yield Problem(Position.of(places[business]), told, "廃止したのなら retired に番号と理由を書いてください。")
    for one, name in retired_in.items():
        if one in known:
            told = f"{name} 版で廃止した要件番号 {one} を再び使っています。"
            yield Problem(known[one], told, "新しい番号を付け、廃止した番号は retired に戻してください。")


def _checked(path: Path) -> tuple[Any, list[Problem]]:
    """The content of an edition file and everything wrong with it."""
    at = Position.of(path)
    again = "凍結した時のファイルに戻してください（書き換えた版は使えません）。"
    try:
        content = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        return None, [Problem(at, f"ファイルを読めません（{error.strerror}）。", "場所と権限を確かめてください。")]
    except (ValueError, RecursionError):
        return None, [Problem(at, "凍結した版として読めません（UTF-8 の JSON ではありません）。", again)]
    problems = [Problem(at, f"{json_path(key)} {told}", again) for key, told in schema("edition").errors(content)]
    if problems:
        return None, problems
    head = content["edition"]
    if head["name"] != path.stem:
        problems.append(Problem(at, f"版の名前「{head['name']}」がファイル名と違います。", again))
    if head["digest"] != _digest(content):
        problems.append(Problem(at, "凍結した後に内容が変わっています（SHA-256 が合いません）。", again))
    return content, problems + list(_double_ids(content, at))


def _double_ids(content: Any, at: Position) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in (row for table in content["tables"] for row in table["requirements"]):
        if row["id"] in seen:
            yield Problem(at, f"要件番号 {row['id']} が重複しています。", "番号は一つの版で一度しか使えません。")
        seen.add(row["id"])


def _digest(content: Any) -> str:
    """SHA-256 of everything but the digest itself, however the file is laid out."""
    head = {key: value for key, value in content["edition"].items() if key != "digest"}
    whole = json.dumps({**content, "edition": head}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def _table(content: Any, at: Position) -> RequirementTable:
    head = content["table"]
    return RequirementTable(
        business=head["business"],
        edition=head["edition"],
        status=head["status"],
        source=head["source"],
        requirements=tuple(Requirement.from_row(row, head["business"], at) for row in content["requirements"]),
        retired={row["id"]: row for row in content["retired"]},
    )


def _record(table: RequirementTable) -> dict[str, Any]:
    return {
        "table": {
            "business": table.business,
            "edition": table.edition,
            "status": table.status,
            "source": table.source,
        },
        "requirements": [one.row for one in table.requirements],
        "retired": list(table.retired.values()),
    }


def _written(content: dict[str, Any]) -> str:
    """JSON with one row a line, so that two editions can be compared as files, too."""
    return (
        f'{{"edition":{_compact(content["edition"])},\n"tables":[\n'
        + ",\n".join(
            f'{{"table":{_compact(table["table"])},\n"requirements":[\n'
            + ",\n".join(map(_compact, table["requirements"]))
            + f'\n],\n"retired":{_compact(table["retired"])}}}'
            for table in content["tables"]
        )
        + "\n]}\n"
    )


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
