"""Holds the promise of the architecture: a business is one slug, complete in every room, and unknown to the machine.

Three checks on a checkout (its root is the only argument; default: the one this file lies in):

1. Every business with a requirement table has its slice in every room, and no room holds a slice without a table.
2. No word of any business (glossary, registry) stands in the rooms that must serve all of them: neither in an
   identifier nor in a string. Docstrings and comments may name a business as an example.

3. The phrases stay few: none that is used less than twice, and no more than about 25 in all.

Prints place and word of every finding; exit code 1 when there is one.
"""

from __future__ import annotations

import ast
import builtins
import json
import keyword
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kijun.catalog.yaml_reader import read_yaml
from kijun.engine.suite import Suite

MACHINE = (
    "engine",
    "drivers",
    "reporting",
    "attesting",
    "bundle",
    "publishing",
    "procurement",
    "cli",
    "model",
    "catalog",
)
SECTIONS = ("roles", "reasons", "words", "facts", "operations")
MOST_PHRASES = 27  # about 25
NOT_TABLES = {"schema", "glossary", "import", "kpi", "layouts", "flows", "lint", "profiles", "scoring", "systems"}

# slug → room → why this business does without it
EXCUSED: dict[str, dict[str, str]] = {}

# Parts of keys that may stand in the machine: English that joins other words; programs, files, signatures, HTTP and
# calendars; what a conformance test says of anybody's system; what two editions are to each other. Not listed, because
# they are collected: Python's own names, and the names and values of requirements/schema/, which are the vocabulary of
# conformance.
GENERAL = """
    after away before both correct early equivalent first fixed former four given heavy integrated late latest light
    long measure natural new non one other out past per private public same single small specified the three total two
    with without

    amount application base batch calculate cancel collection common copy conflicting data day decide decision delete
    document duplicate end forbidden get ground health internal invalid issue item layout location management mismatch
    number parent performance place platform position power record register registered registration request requested
    returned search standard stopped store structure support target term

    completed declaration declared export linkage operator outcome person personal

    alert alerts full launch pdf screen screens threshold through window windows written

    area imprint intact layout seal sign signed verify

    comparison criterion present renumbered replaced

    advice charge condition conditions conflict decided differs ended english established inside lacks may never nobody
    notation outside since unlock waiting

    modulus reconcile remainder
    statistics

    adoption deleted delivered detail details sent

    aggregate applies cut five flat floor fraction gain judge left listed living old relative second sender seven short
    site working
"""
# Whole keys that may stand there although they are words of a glossary: the step from 処理日 to a message, a type, and
# what must be kept out of every record.
GENERAL_KEYS = frozenset(["as_of", "fiscal_year", "not_found", "personal_number"])
# Words that the names of a format of others are made of, for the one module that writes it.
FORMATS = {
    "reporting/allure_report.py": frozenset(["details", "stage"]),
    "publishing/requirement_sheet.py": frozenset(["新規", "修正", "種別"]),  # the columns of a 機能要件表
    "reporting/badge.py": frozenset(["family", "height"]),
    "publishing/flow_chart.py": frozenset(["height"]),
    "publishing/flow_svg.py": frozenset(["family", "height"]),
    "publishing/flow_bpmn.py": frozenset(["height", "incoming", "service"]),
    "publishing/specification_reqif.py": frozenset(["foreign", "relation", "relations"]),
    "publishing/sheets.py": frozenset(["visible"]),
    "publishing/asked.py": frozenset(["修正"]),  # the heading 修正案 of an answer form
    "publishing/form.py": frozenset(["locked"]),
    "procurement/request_book.py": frozenset(["locked"]),
    "procurement/book.py": frozenset(["locked"]),
    "procurement/adoption.py": frozenset(["shift", "stage", "stages"]),  # Shift_JIS, a column of adoption.csv
    "procurement/kpi.py": frozenset(["stage", "stages"]),
    "catalog/workbook_values.py": frozenset(["output", "visible"]),
    "catalog/workbook_editor.py": frozenset(["locked"]),
    "catalog/printed_pages.py": frozenset(["extract"]),  # a name of pypdf
    "catalog/open_document_marks.py": frozenset(["covered", "repeated"]),
    "reporting/oscal_report.py": frozenset(["assessment", "assets", "back", "collected", "related"]),
}
# Labels that are also plain words of a report or its forms: 登録簿, 最新の実行, 基準日 of a profile, 拒否 of a driver,
# メモリー of a process, 時刻認証局, 法人番号 of whoever declares, 指摘 of an editor.
GENERAL_LABELS = frozenset(
    [
        "サインイン",
        "メモ",
        "一般",
        "件数",
        "利用者",
        "拒否",
        "完了",
        "登録",
        "最新",
        "基準日",
        "決定",
        "申請",
        "理由",
        "その他",
        "該当なし",
        "処理日",
        "氏名",
        "住所",
        "認証",
        "個人番号",
        "備考",
        "注意",
        "有効期限",
        "PDF",
        "印刷",
        "法人",
        "法人番号",
        "問い合わせ先",
        "指摘",
        "採用",
        "受入",
    ]
)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SHORTEST_PART = 3  # shorter ones (as, id, on) are too ambiguous to accuse anybody


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend: where, and what."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def main(argv: list[str]) -> int:
    root = Path(argv[0]) if argv else Path(__file__).resolve().parents[1]
    findings = sorted({*incomplete_slices(root), *business_words(root), *rare_phrases(root)})
    for finding in findings:
        print(finding)
    print(
        f"{len(findings)} 件の誤りがあります。"
        if findings
        else "業務は全ての部屋に揃い、共通の部屋に業務の語はありません。"
    )
    return 1 if findings else 0


# slices ---------------------------------------------------------------------------------------------------


def incomplete_slices(root: Path) -> Iterator[Finding]:
    """What is missing from a slice, and slices that no requirement table asks for."""
    tables = dict(sorted(requirement_tables(root)))
    areas = {row["slug"]: row["area"] for row in registry(root)}
    for slug, path in tables.items():
        at = path.relative_to(root).as_posix()
        if path.stem != slug:
            yield Finding(at, 1, f"業務「{slug}」の表のファイル名が {slug}.yaml ではありません。")
        if areas.get(slug) != path.parent.name:
            yield Finding(at, 1, f"業務「{slug}」の区分は登録簿では「{areas.get(slug)}」です。")
        for room, places in rooms_of(slug, path.parent.name).items():
            if room not in EXCUSED.get(slug, {}) and not any(holds_something(root, one) for one in places):
                yield Finding(places[0], 1, f"業務「{slug}」の {room} がありません。")
        if slug not in profiled(root):
            yield Finding("requirements/profiles", 1, f"業務「{slug}」を挙げるプロファイルがありません。")
    for place, slug in sorted(slices_present(root)):
        if slug not in tables:
            yield Finding(place, 1, f"要件表のない業務「{slug}」です。")


def requirement_tables(root: Path) -> Iterator[tuple[str, Path]]:
    """Slug and path of every table."""
    for path in (root / "requirements").glob("*/*.yaml"):
        if path.parent.name not in NOT_TABLES:
            yield read(path)["table"]["business"], path


def rooms_of(slug: str, area: str) -> dict[str, tuple[str, ...]]:
    """Where each room keeps its part of a business, any one of the places being enough."""
    return {
        "glossary": (f"requirements/glossary/{slug}.yaml",),
        "features": (f"features/{area}/{slug}",),
        "reference": (f"tools/kijun/reference/{slug}", f"tools/kijun/reference/{slug}.py"),
        "defects": (f"tests/defects/{slug}.py", f"tests/defects/{slug}"),
    }


def holds_something(root: Path, place: str) -> bool:
    path = root / place
    return path.is_file() or any(one.is_file() for one in path.glob("*.*") if one.name != "__init__.py")


def profiled(root: Path) -> set[str]:
    profiles = (read(path)["profile"] for path in (root / "requirements" / "profiles").glob("*.yaml"))
    return {slug for profile in profiles for slug in profile["businesses"]}


def slices_present(root: Path) -> Iterator[tuple[str, str]]:
    """Glossaries and feature folders that claim to belong to a business."""
    for path in (root / "requirements" / "glossary").glob("*.yaml"):
        if path.stem != "common":
            yield path.relative_to(root).as_posix(), path.stem
    for path in (root / "features").glob("*/*/"):
        yield path.relative_to(root).as_posix(), path.name


# phrases --------------------------------------------------------------------------------------------------


def rare_phrases(root: Path) -> Iterator[Finding]:
    """A phrase that is used once is a sentence, not a phrase; the grammar is to stay small enough to learn."""
    suite, problems = Suite.inspect(root) if (root / "steps").is_dir() else (None, [])
    if suite is None or problems:
        return  # told by `kijun lint`
    written = {(one.at.path, step.line, step.function) for one in suite.scenarios for step in one.steps}
    uses = Counter(function for _, _, function in written)
    for one in suite.phrases.phrases:
        if uses[one.function] < 2:
            at = Path(one.matcher.location.filename).name
            told = f"言い回し「{one.pattern}」は {uses[one.function]} 回しか使われていません。"
            yield Finding(f"steps/{at}", one.matcher.location.line, told)
    if len(suite.phrases.phrases) > MOST_PHRASES:
        yield Finding("steps", 1, f"言い回しが {len(suite.phrases.phrases)} あります（{MOST_PHRASES} まで）。")


# words ----------------------------------------------------------------------------------------------------


def business_words(root: Path) -> Iterator[Finding]:
    """Every business word in the machine, with its place."""
    found_in = cache(Vocabulary.of(root).found_in)  # most names stand in many places
    for room in MACHINE:
        for path in sorted((root / "tools" / "kijun" / room).rglob("*.py")):
            at = path.relative_to(root).as_posix()
            for line, text in said(ast.parse(path.read_text(encoding="utf-8"))):
                for word in sorted({*found_in(text)} - FORMATS.get(f"{room}/{path.name}", frozenset())):
                    yield Finding(at, line, f"業務の語「{word}」があります（{shorten(text)}）。")


@dataclass(frozen=True)
class Vocabulary:
    """What no business may lend to the machine: whole keys, their single parts, and Japanese labels."""

    keys: frozenset[str]
    parts: frozenset[str]
    labels: frozenset[str]

    @classmethod
    def of(cls, root: Path) -> Vocabulary:
        """All words of the glossaries and the registry but the general ones."""
        keys, labels = set[str](), set[str]()
        for path in (root / "requirements" / "glossary").glob("*.yaml"):
            content = read(path)
            for row in (row for section in SECTIONS for row in content.get(section) or ()):
                codes = row.get("codes") or {}
                keys |= {row.get("key", ""), *codes.values()}
                labels |= {row["label"], *codes}
        for row in registry(root):
            keys.add(row["slug"])
            labels |= {row["name"], *row["aliases"]}
        parts = {part for key in keys for part in split(key) if len(part) >= _SHORTEST_PART}
        long_keys = {key for key in keys if "_" in key} - schema_words(root) - GENERAL_KEYS
        return cls(
            frozenset(long_keys),
            frozenset(with_plurals(parts - general_parts(root))),
            frozenset(label for label in labels - GENERAL_LABELS if len(label) > 1),
        )

    def found_in(self, text: str) -> list[str]:
        """The words that stand in an identifier or a string, sorted."""
        found = set() if text.isascii() else {label for label in self.labels if label in text}
        for name in _NAME.findall(text):
            parts = split(name)
            found |= self.parts.intersection(parts)
            if len(parts) > 1:
                joined = f"_{'_'.join(parts)}_"
                found |= {key for key in self.keys if f"_{key}_" in joined}
        return sorted(found)


def general_parts(root: Path) -> set[str]:
    """What may stand anywhere: the allow-list, Python's names, and the vocabulary of the schemas."""
    python = {part for name in (*dir(builtins), *keyword.kwlist) for part in split(name)}
    return {*GENERAL.split(), *with_plurals(python | {part for name in schema_words(root) for part in split(name)})}


def schema_words(root: Path) -> set[str]:
    """The property names and values that requirements/schema/ gives to tables, messages and reports.

    The schema of the registry is left out: its values are the areas of businesses (local_tax, welfare, …).
    """
    schemas = (path for path in (root / "requirements" / "schema").glob("*.json") if path.stem != "businesses")
    return {word for path in schemas for word in named(json.loads(path.read_text(encoding="utf-8")))}


def named(schema: Any) -> Iterator[str]:
    """Property names and enumerated values of a JSON Schema, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties") or ()
        yield from (value for value in schema.get("enum") or () if isinstance(value, str))
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from named(part)


def said(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Identifiers and string literals of a module with their lines; docstrings are left out."""
    docstrings = set(map(id, docstring_nodes(tree)))
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 1)
        for attribute in ("id", "name", "attr", "arg", "asname", "module"):
            text = getattr(node, attribute, None)
            if isinstance(text, str):
                yield line, text
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield line, node.value


def docstring_nodes(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def split(name: str) -> list[str]:
    """The lower-case parts of a snake_case or CamelCase name, in order."""
    return [part.lower() for part in _PART.findall(name)]


def with_plurals(parts: Iterable[str]) -> set[str]:
    return {form for part in parts for form in (part, f"{part}s", f"{part}es")}


def shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def registry(root: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read(root / "requirements" / "businesses.yaml")["systems"]
    return rows


def read(path: Path) -> Any:
    """The content of a file that `kijun lint` has found readable."""
    return read_yaml(path).data


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
