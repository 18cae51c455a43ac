"""adoption.csv: which body is how far with which business, in one month. Every doubtful line is told, none is guessed.

Columns: code, prefecture, name, business, stage, steps, conformance, as_of. A line is one system of one body.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from kijun.catalog.body_registry import FICTIONAL, BodyRegistry
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.profile import Municipality, municipality_check_digit

COLUMNS: Final = ("code", "prefecture", "name", "business", "stage", "steps", "conformance", "as_of")
LIVE, OUTSIDE = "稼働", "対象外"
STAGES: Final = ("未着手", "契約", "構築", LIVE, OUTSIDE)
CONFORMANCE: Final = ("declared", "verified", "none")
ALL_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class System:
    """One line: a system of a body, for one business of the twenty."""

    body: str  # code
    business: str  # number among the standardized businesses
    stage: str
    steps: int
    conformance: str

    @property
    def is_outside(self) -> bool:
        return self.stage == OUTSIDE


@dataclass(frozen=True)
class Adoption:
    """The data of one month, and what a reader has to know about it."""

    as_of: date
    systems: tuple[System, ...]
    by_name: int  # lines whose body was found by prefecture and name
    beside: Mapping[str, int]  # businesses that are none of the twenty → lines left out
    source: str


@dataclass(frozen=True)
class Businesses:
    """How a business may be called in the data, and which of the twenty it is."""

    labels: Mapping[str, str]  # number → name
    names: Mapping[str, frozenset[tuple[str, str]]]  # slug, id, name or alias → (slug, number or "")
    with_standard: frozenset[str]  # numbers of those for which an edition of a standard is known

    @classmethod
    def of(cls, systems: Mapping[str, Mapping[str, Any]]) -> Businesses:
        """From the registry of businesses (slug → row); the first row of a number names it."""
        labels: dict[str, str] = {}
        names: dict[str, set[tuple[str, str]]] = {}
        for slug, row in systems.items():
            number = row.get("standardized_business", "")
            if number:
                labels.setdefault(number, row["name"])
            for word in {slug, row.get("id", slug), row["name"], *row["aliases"]}:
                names.setdefault(word, set()).add((slug, number))
        known = {row["standardized_business"] for row in systems.values() if _has_standard(row)}
        ordered = dict(sorted(labels.items(), key=lambda one: int(one[0])))
        return cls(ordered, {word: frozenset(found) for word, found in names.items()}, frozenset(known))


def _has_standard(row: Mapping[str, Any]) -> bool:
    return "standardized_business" in row and "latest_edition" in row


def read_adoption(path: Path, registry: BodyRegistry, businesses: Businesses) -> Adoption:
    """Read one month. Raises ConfigurationError with every doubtful line."""
    reader = _Reader(path, registry, businesses)
    systems = [one for line, row in _lines(path) if (one := reader.line(line, row)) is not None]
    problems = [*reader.problems, *reader.whole()]
    if problems:
        raise ConfigurationError(problems)
    return Adoption(reader.days.pop(), tuple(systems), reader.by_name, reader.beside, path.name)


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of the file by their heads, counted from 1. Raises ConfigurationError."""
    at = Position.of(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        hint = "場所と名前を確かめてください。"
        raise ConfigurationError([Problem(at, f"ファイルを読めません（{error.strerror}）。", hint)]) from error
    rows = csv.reader(io.StringIO(_decoded(content, at), newline=""))
    head = next(rows, [])
    missing = [one for one in COLUMNS if one not in head]
    if missing:
        hint = f"1行目に {','.join(COLUMNS)} を書いてください（順は自由）。"
        raise ConfigurationError([Problem(Position.of(path, 1), f"列「{'」「'.join(missing)}」がありません。", hint)])
    columns = {one: head.index(one) for one in COLUMNS}
    for row in rows:
        if any(cell.strip() for cell in row):
            cells = {one: row[at].strip() if at < len(row) else "" for one, at in columns.items()}
            yield rows.line_num, cells


def _decoded(content: bytes, at: Position) -> str:
    """UTF-8, else the code of Japanese office programs. Raises ConfigurationError."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    hint = "CSV（UTF-8 又は Shift_JIS）で保存し直してください。"
    raise ConfigurationError([Problem(at, "文字コードが分かりません。", hint)])


class _Reader:
    """Reads one line after another, gathering problems."""

    def __init__(self, path: Path, registry: BodyRegistry, businesses: Businesses) -> None:
        self.path, self.registry, self.businesses = path, registry, businesses
        self.problems: list[Problem] = []
        self.days: set[date] = set()
        self.by_name = 0
        self.beside: dict[str, int] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self._named: dict[tuple[str, str], list[str]] = {}
        for one in registry.counted.values():
            self._named.setdefault((one.prefecture, one.name), []).append(one.code)
        for row in registry.not_counted.values():
            self._named.setdefault((row["prefecture"], row["name"]), []).append(row["code"])

    def line(self, line: int, row: Mapping[str, str]) -> System | None:
        """The system of a line; None for one that is doubtful or none of the twenty businesses."""
        before = len(self.problems)
        body = self._body(line, row)
        found = self._business(line, row["business"])
        steps = self._steps(line, row["steps"])
        self._choice(line, "stage", row["stage"], STAGES)
        self._choice(line, "conformance", row["conformance"], CONFORMANCE)
        self._day(line, row["as_of"])
        if len(self.problems) > before or not body or found is None:
            return None
        slug, number = found
        if not number:
            self.beside[row["business"]] = self.beside.get(row["business"], 0) + 1
            return None
        if first := self._seen.get((body, slug)):
            self._tell(line, f"{first} 行目と同じ団体・同じ業務です。", "一方を消してください。")
            return None
        self._seen[body, slug] = line
        return System(body, number, row["stage"], steps, row["conformance"])

    def whole(self) -> Iterator[Problem]:
        """What is wrong with the file as a whole."""
        if len(self.days) > 1:
            shown = "、".join(sorted(day.isoformat() for day in self.days))
            yield Problem(
                Position.of(self.path),
                f"as_of が混ざっています（{shown}）。",
                "一つの基準日ごとに、別のファイルにしてください。",
            )
        if not self.days and not self.problems:
            yield Problem(Position.of(self.path), "行が一つもありません。", "団体と業務の行を書いてください。")

    def _tell(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(Position.of(self.path, line), message, hint))

    def _body(self, line: int, row: Mapping[str, str]) -> str:
        """The code of the body, empty when there is a doubt about it."""
        code = row["code"]
        if not code:
            return self._by_name(line, row["prefecture"], row["name"])
        body = self.registry.counted.get(code)
        if body is None:
            self._tell(line, *self._unknown(code))
            return ""
        if (row["name"] and row["name"] != body.name) or (row["prefecture"] and row["prefecture"] != body.prefecture):
            written = row["prefecture"] + row["name"]
            told = f"団体コード {code} は「{_full_name(body)}」ですが、「{written}」と書かれています。"
            self._tell(line, told, "コードと名前の、正しい方に合わせてください。")
            return ""
        return code

    def _unknown(self, code: str) -> tuple[str, str]:
        if len(code) != 6 or not code.isascii() or not code.isdigit():
            hint = "先頭の 0 が落ちていないか確かめてください。"
            return f"団体コード「{code}」が6桁の数字ではありません。", hint
        right = municipality_check_digit(code[:5])
        if code[5] != right:
            return f"団体コード {code} の検査数字が合いません。", f"先頭5桁が正しければ末尾は {right} です。"
        if ended := self.registry.ended.get(code):
            next_one = self.registry.bodies[ended.successor]
            told = (
                f"{ended.prefecture}{ended.name}（{code}）は {ended.ended_on.isoformat()} に合併などでなくなりました。"
            )
            return told, f"{next_one.prefecture}{next_one.name}（{next_one.code}）の行にまとめてください。"
        if row := self.registry.not_counted.get(code):
            return f"{row['prefecture']}{row['name']}（{code}）は数えません。{row['because']}", "行を消してください。"
        if code.startswith(FICTIONAL):
            return f"団体コード {code} は架空の団体です。", "行を消してください。"
        if code[2:5] == "000":
            return f"団体コード {code} は都道府県です。市区町村だけを数えます。", "行を消してください。"
        hint = "合併などでなくなった団体なら、後継の団体のコードを書いてください。"
        return f"団体コード {code} の団体は登録簿にありません。", hint

    def _by_name(self, line: int, prefecture: str, name: str) -> str:
        """The only body of this prefecture and name; a name that several bear, or nobody, is told with the codes."""
        found = self._named.get((prefecture, name), [])
        if len(found) == 1:
            self.by_name += 1
            return found[0]
        if found:
            shown = "、".join(f"{one}（{self._place(one)}）" for one in found)
            self._tell(
                line, f"「{prefecture}{name}」は {len(found)} つあります: {shown}。", "code にコードを書いてください。"
            )
            return ""
        for one in self.registry.ended.values():
            if (one.prefecture, one.name) == (prefecture, name):
                self._tell(line, *self._unknown(one.code))
                return ""
        near = [one for one in self._named if one[1] == name] or [
            one for one in self._named if one[1] in get_close_matches(name, [word for _, word in self._named], n=3)
        ]
        shown = "、".join(f"{place}{word} {'・'.join(self._named[place, word])}" for place, word in near[:5])
        hint = f"{shown} のことなら、code にコードを書いてください。" if shown else "code にコードを書いてください。"
        self._tell(line, f"団体コードがなく、「{prefecture}{name}」という団体も登録簿にありません。", hint)
        return ""

    def _place(self, code: str) -> str:
        row = self.registry.not_counted.get(code)
        return row["because"].rstrip("。") if row else _full_name(self.registry.bodies[code])

    def _business(self, line: int, word: str) -> tuple[str, str] | None:
        """Slug and number of the business; None when there is a doubt about it."""
        found = self.businesses.names.get(word, frozenset())
        numbers = {number for _, number in found}
        if len(numbers) == 1:
            return min(found)
        if found:
            shown = "、".join(sorted(slug for slug, _ in found))
            self._tell(line, f"業務「{word}」は一つに決まりません（{shown}）。", "業務の slug を書いてください。")
            return None
        near = get_close_matches(word, self.businesses.names, n=3)
        hint = (
            f"{'、'.join(near)} のことですか。"
            if near
            else "requirements/businesses.yaml の名前か slug を書いてください。"
        )
        self._tell(line, f"業務「{word}」が業務台帳にありません。", hint)
        return None

    def _steps(self, line: int, word: str) -> int:
        if word.isascii() and word.isdigit() and int(word) <= ALL_STEPS:
            return int(word)
        self._tell(
            line, f"steps「{word}」が 0 から {ALL_STEPS} までの数ではありません。", "終えた工程の数を書いてください。"
        )
        return 0

    def _choice(self, line: int, column: str, word: str, choices: Sequence[str]) -> None:
        if word not in choices:
            self._tell(line, f"{column}「{word}」は使えません。", f"使えるのは {'、'.join(choices)} です。")

    def _day(self, line: int, word: str) -> None:
        try:
            self.days.add(date.fromisoformat(word))
        except ValueError:
            self._tell(line, f"as_of「{word}」が日付ではありません。", "2026-01-31 の形で書いてください。")


def _full_name(body: Municipality) -> str:
    return f"{body.prefecture}{body.name}"
