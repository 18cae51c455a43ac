"""What every mapping file says alike: templates, formats of types and codes of words, held against the glossary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.api_mapping import AsIs, Dates, Form, NumberText, Table, Template, Unsayable
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.glossary import Glossary, Word

NUMBERS = ("yen", "count", "fiscal_year")
_NUMBERS_BY_NAME = {"text": "0", "grouped": "#,##0"}
Key = tuple[str | int, ...]


def read_beside(folder: Path, name: str, what: str, example: str) -> YamlFile:
    """The file `name`.yaml beside sut.yaml, in the form of its schema. Raises ConfigurationError."""
    path = folder / f"{name}.yaml"
    if not path.exists():
        hint = f"sut.yaml の隣に置いてください。examples/{example} に実例があります。"
        raise ConfigurationError([Problem(Position.of(path), f"{what}（{path.name}）がありません。", hint)])
    file = read_yaml(path)
    problems = file.problems or schema_problems(name, file)
    if problems:
        raise ConfigurationError(problems)
    return file


class Dictionary:
    """Reads the words of one file and collects what does not fit."""

    def __init__(self, file: YamlFile, glossary: Glossary) -> None:
        self.file, self.data, self.glossary = file, file.data, glossary
        self.environment: set[str] = set()
        self.problems: list[Problem] = []
        self._formats: Mapping[str, Any] = file.data.get("formats", {})
        self.tables: Mapping[str, Any] = file.data.get("codes", {})

    def complain(self, key: Key, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file.at(*key), message, hint))

    def unknown(self, key: Key, what: str, word: str, known: Iterable[str]) -> None:
        """One word that nobody knows, with the nearest that somebody does."""
        known = sorted(known)
        near = get_close_matches(word, known, n=1, cutoff=0.5)
        hint = f"「{near[0]}」のことですか。" if near else f"使えるのは {'、'.join(known) or '一つもありません'} です。"
        self.complain(key, f"{what}「{word}」はありません。", hint)

    def templates(self, row: Mapping[str, Any], sources: frozenset[str], *key: str | int) -> dict[str, Template]:
        return {name: self.template(raw, sources, (*key, name)) for name, raw in row.items()}

    def template(self, raw: Any, sources: frozenset[str], key: Key) -> Template:
        try:
            template = Template.parse(raw)
        except Unsayable as error:
            self.complain(key, str(error), "{項目} か {kept.名前} のように書いてください。")
            return Template(())
        for one in template.references:
            for name in filter(None, (one.source, one.chosen_by)):
                if name not in sources:
                    self.unknown(key, "差し込む値", name, sources)
            if one.source == "env":
                self.environment.add(".".join(one.path))
        return template

    # forms ------------------------------------------------------------------------------------------

    def form(self, word: Word, row: Mapping[str, Any], key: Key) -> Form:
        if word.type == "code":
            table = row.get("codes", self.tables.get(word.key))
            if "codes" in row:
                self._check_table(word, table, (*key, "codes"))
            return Table(table) if table else AsIs()
        told = row.get("format", self._formats.get(word.type))
        if told is None:
            return AsIs()
        if word.type == "flag" and isinstance(told, Mapping):
            return Table({True: told["true"], False: told["false"]})
        if word.type in ("date", "year_month") and isinstance(told, str) and Dates.understands(told):
            return Dates(told)
        if word.type in NUMBERS and isinstance(told, str) and NumberText.understands(_NUMBERS_BY_NAME.get(told, told)):
            return NumberText(_NUMBERS_BY_NAME.get(told, told))
        own = "format" in row
        what = f"型 {word.type}" + (f" の項目「{word.key}」" if own else "")
        at = (*key, "format") if own else ("formats", word.type)
        self.complain(
            at,
            f"書き方「{told}」は{what}に使えません。",
            "requirements/schema/mapping.json の formats を見てください。",
        )
        return AsIs()

    def check_tables(self) -> None:
        for name, table in self.tables.items():
            coded = [word.key for word in self.glossary.words if word.type == "code"]
            if name in coded:
                self._check_table(self.glossary.word_of(name), table, ("codes", name))
            else:
                self.unknown(("codes", name), "用語集に区分", name, coded)

    def _check_table(self, word: Word, table: Mapping[str, Any], key: Key) -> None:
        """Every value of the glossary has its pair, and no two share one of the product's: it could not be read."""
        known = set(word.codes.values())
        for value in table:
            if value not in known:
                self.unknown((*key, value), f"区分「{word.label}」に値", value, known)
        missing = sorted(known - set(table))
        if missing:
            hint = "製品の値を書いてください。当たるものがなければ null と書きます。"
            self.complain(key, f"区分「{word.label}」の値{listed(missing)}の写し先がありません。", hint)
        seen: dict[str, str] = {}
        for value, other in table.items():
            first = seen.setdefault(json.dumps(other), value)
            if other is not None and first != value:
                told = f"区分「{word.label}」の「{first}」と「{value}」が同じ製品の値に写ります。"
                self.complain((*key, value), told, "読み戻せるように別の値にしてください。")


def listed(names: Sequence[str]) -> str:
    """The first few names in brackets, and how many there are if there are more."""
    shown = "」「".join(names[:5])
    return f"「{shown}」" + (f"ほか {len(names) - 5} 件" if len(names) > 5 else "")
