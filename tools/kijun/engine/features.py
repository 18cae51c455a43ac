"""Reads feature files with behave's parser and binds every step once.

What a file came to is kept under the digest of the file and of everything it was bound with, so that a second
start reads only what changed.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from behave import i18n
from behave import model as behave_model
from behave.parser import Parser, ParserError

from kijun.catalog.gherkin_text import text_problems
from kijun.engine.outcomes import SuiteTrouble
from kijun.engine.phrases import PhraseBook, Unmatched
from kijun.engine.rehearsal import Rehearsal
from kijun.model.errors import Position, Problem
from kijun.model.glossary import Glossary, UnknownLabel
from kijun.model.plan import BoundStep, DataTable, Scenario
from kijun.model.values import ValueUnreadable

_CACHE_FORMAT = "2"
RawStep = list[Any]  # [keyword, type, text, line, headings | None, rows | None]
RawScenario = dict[str, Any]


class _Step:
    """A step as behave's parser fills it in, without the status and captures that only behave's runner needs."""

    __slots__ = ("keyword", "line", "name", "step_type", "table", "text")

    def __init__(self, line: int, keyword: str, step_type: str, name: str) -> None:
        self.line, self.keyword, self.step_type, self.name = line, keyword, step_type, name
        self.table: Any = None
        self.text: Any = None

    def reset(self) -> None:
        """behave resets the steps of a background for every scenario; here nothing changes."""


@cache
def _step_words(language: str) -> tuple[tuple[str, str], ...]:
    """(keyword, step type) in the order in which behave tries them; empty for a language of upper and lower case."""
    words = i18n.languages.get(language, {})
    found = [(word, kind) for kind in ("given", "when", "then", "and", "but") for word in words.get(kind, ())]
    return tuple(found) if all(word.lower() == word.upper() for word, _ in found) else ()


class _JapaneseParser(Parser):  # type: ignore[misc]  # behave is untyped
    """behave's parser, spared what only its runner needs and what a line can be seen not to be.

    A line without a colon opens no block, the keywords of a language without capitals need one comparison each,
    and a step is a small record: that is half of the time of reading a feature.
    """

    last_step_type: str | None

    def match_keyword(self, keyword: str, line: str) -> str | None:
        if ":" not in line:
            return None
        found: str | None = super().match_keyword(keyword, line)
        return found

    def parse_step(self, line: str) -> Any:
        """The step on this line or None, decided as behave does; what is out of the ordinary is left to behave."""
        words = _step_words(self.language)
        if not words:
            return super().parse_step(line)
        for found in words:
            if line.startswith(found[0]):
                break
        else:
            return None
        word, kind = found
        if word == "* " or kind in ("and", "but"):
            if not self.last_step_type:
                return super().parse_step(line)  # the first step: behave looks into the background, or complains
            kind = self.last_step_type
        self.last_step_type = kind
        return _Step(self.line, word.rstrip(), kind, line[len(word) :].strip())


@dataclass(slots=True)
class FeatureReading:
    """All scenarios of a root and all problems met while reading them."""

    scenarios: list[Scenario]
    problems: list[Problem]


class FeatureReader:
    """Reads the features of one root against one glossary."""

    def __init__(self, root: Path, glossary: Glossary, digest: str, cache: Path | None = None) -> None:
        self.root = root
        self.glossary = glossary
        self.book = PhraseBook.load(root, glossary)
        self.digest = digest  # of everything but the features: glossary, steps
        self.cache = cache

    def read(self) -> FeatureReading:
        """Every *.feature below features/, in path order."""
        kept = self._load_cache()
        fresh: dict[str, Any] = {}
        reading = FeatureReading([], [])
        paused = gc.isenabled()
        gc.disable()  # one big load of small objects: collecting in between costs a third of the time
        try:
            for path in sorted((self.root / "features").rglob("*.feature")):
                self._read_file(path, kept, fresh, reading)
        finally:
            if paused:
                gc.enable()
        if fresh != kept:
            self._save_cache(fresh)
        return reading

    def _read_file(self, path: Path, kept: dict[str, Any], fresh: dict[str, Any], reading: FeatureReading) -> None:
        name = path.relative_to(self.root).as_posix()
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        key = f"{name}#{hashlib.sha256(raw).hexdigest()[:32]}"
        if key in kept:
            fresh[key] = kept[key]
            reading.scenarios.extend(self._bound(str(path), path.parent.name, one) for one in kept[key])
            return
        scenarios, problems = self._parse(path, name, raw)
        good = []
        for one in scenarios:
            faults = self._rehearse(path, one)
            problems.extend(faults)
            if not faults:
                good.append(one)
                reading.scenarios.append(self._bound(str(path), path.parent.name, one))
        reading.problems.extend(problems)
        if not problems:
            fresh[key] = good

    def _parse(self, path: Path, name: str, raw: bytes) -> tuple[list[RawScenario], list[Problem]]:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            hint = "文字コードを UTF-8 にして保存してください。"
            return [], [Problem(Position.of(path, line), "UTF-8 ではない文字があります。", hint)]
        problems = text_problems(path, text)
        try:
            feature = read_feature(text, name)
        except (ParserError, KeyError, AssertionError) as error:
            line = getattr(error, "line", None) or 1
            message = " ".join(str(getattr(error, "args", [error])[0]).split())
            problems.append(
                Problem(
                    Position.of(path, line),
                    f"Gherkin として読めません（{message}）。",
                    "この行の前後を確かめてください。",
                )
            )
            return [], problems
        if feature is None:
            return [], [
                *problems,
                Problem(Position.of(path, 1), "機能がありません。", "「機能: …」の行を書いてください。"),
            ]
        return [one for scenario in scenarios_of(feature) for one in _expanded(scenario, name)], problems

    def _rehearse(self, path: Path, raw: RawScenario) -> list[Problem]:
        """Bind and walk the scenario without a system; notes what it needs in the raw record."""
        problems: list[Problem] = []
        rehearsal = Rehearsal(self.glossary)
        context = RehearsalContext(rehearsal)
        actions = 0
        for keyword, kind, text, line, headings, rows in raw["steps"]:
            actions += kind == "when"
            message = ""
            try:
                phrase, values = self.book.bind(kind, text)
                context.table = None if headings is None else DataTable(tuple(headings), tuple(map(tuple, rows)))
                phrase.function(context, **values)
            except Unmatched:
                message, hint = (
                    f"句にない言い回しです: {keyword} {text}",
                    "docs/phrases.md か steps/ の言い回しに直してください。",
                )
            except (UnknownLabel, ValueUnreadable, SuiteTrouble) as error:
                message, hint = str(error), "用語集（requirements/glossary/）と照らしてください。"
            except Exception:  # noqa: BLE001,S110 - a pack's own step may need a live context: the run will tell
                pass
            if message:
                problems.append(Problem(Position.of(path, line), message, hint))
        if actions > 1:
            hint = "一つのシナリオには一つの振る舞いを書き、残りは前提か別のシナリオにしてください。"
            problems.append(Problem(Position.of(path, raw["line"]), "「もし」が二つ以上あります。", hint))
        raw["needs"] = sorted(rehearsal.operations)
        raw["probes"] = sorted(rehearsal.probes)
        return problems

    def _bound(self, path: str, business: str, raw: RawScenario) -> Scenario:
        steps = []
        for keyword, kind, text, line, headings, rows in raw["steps"]:
            phrase, values = self.book.bind(kind, text)
            table = None if headings is None else DataTable(tuple(headings), tuple(map(tuple, rows)))
            steps.append(BoundStep(keyword, text, line, phrase.function, values, table))
        tags = tuple(raw["tags"])
        return Scenario(
            id=raw["id"],
            name=raw["name"],
            at=Position(path, raw["line"]),
            business=business,
            tags=tags,
            requirements=tuple(dict.fromkeys(tag[4:].split("~")[0] for tag in tags if tag.startswith("req:"))),
            steps=tuple(steps),
            operations=frozenset(raw["needs"]),
            probes=frozenset(raw["probes"]),
        )

    # the cache --------------------------------------------------------------------------------------

    def _cache_file(self) -> Path | None:
        if self.cache is None:
            return None
        key = hashlib.sha256(f"{_CACHE_FORMAT}|{self.root}|{self.digest}".encode()).hexdigest()[:24]
        return self.cache / f"plan-{key}.json"

    def _load_cache(self) -> dict[str, Any]:
        file = self._cache_file()
        try:
            kept: dict[str, Any] = json.loads(file.read_bytes()) if file else {}
        except (OSError, ValueError):
            return {}
        return kept

    def _save_cache(self, fresh: dict[str, Any]) -> None:
        """Write beside and move: a second process never sees half a file. Not being able to is no fault."""
        file = self._cache_file()
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            content = json.dumps(fresh, ensure_ascii=False, separators=(",", ":"))  # dump() is six times slower
            with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8") as beside:
                beside.write(content)
            os.replace(beside.name, file)
        except OSError:
            return


class RehearsalContext:
    """What a step function finds as its context while a feature is read."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.world = rehearsal
        self.table: DataTable | None = None
        self.text: str | None = None


def read_feature(text: str, name: str) -> Any:
    """The feature as behave's parser has it, None when there is none. Raises what that parser raises."""
    return _JapaneseParser().parse(text.lstrip("\ufeff"), name)


def scenarios_of(feature: Any) -> Iterator[Any]:
    """Scenarios and outlines of a feature, those of its rules among them, as written."""
    for item in feature.run_items:
        if isinstance(item, behave_model.Rule):
            yield from item.run_items
        else:
            yield item


def _expanded(scenario: Any, name: str) -> Iterator[RawScenario]:
    """A scenario as it is; an outline as one record per example row, substituted in one pass."""
    steps = [*_background_steps(scenario), *map(_raw_step, scenario.steps)]
    if not isinstance(scenario, behave_model.ScenarioOutline):
        yield _record(name, scenario.name, scenario.line, [str(tag) for tag in scenario.tags], steps)
        return
    for examples in scenario.examples:
        if examples.table is None:
            continue
        tags = [str(tag) for tag in (*scenario.tags, *examples.tags)]
        for row in examples.table.rows:
            values = {f"<{heading}>": cell for heading, cell in zip(examples.table.headings, row.cells, strict=True)}
            title = _fill(scenario.name, values)
            yield _record(name, title, row.line, tags, [_filled_step(step, values) for step in steps])


def _background_steps(scenario: Any) -> list[RawStep]:
    return [_raw_step(step) for step in (scenario.background_steps or ())]


def _raw_step(step: Any) -> RawStep:
    table = step.table
    headings = list(table.headings) if table else None
    rows = [list(row.cells) for row in table.rows] if table else None
    return [step.keyword, step.step_type, step.name, step.line, headings, rows]


def _fill(text: str, values: dict[str, str]) -> str:
    if "<" not in text:
        return text
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text


def _filled_step(step: RawStep, values: dict[str, str]) -> RawStep:
    keyword, kind, text, line, headings, rows = step
    if rows is not None:
        rows = [[_fill(cell, values) for cell in row] for row in rows]
    return [keyword, kind, _fill(text, values), line, headings, rows]


def _record(file: str, name: str, line: int, tags: list[str], steps: list[RawStep]) -> RawScenario:
    words = json.dumps([name, [[s[0], s[2], s[4], s[5]] for s in steps]], ensure_ascii=False)
    short = file.removeprefix("features/")
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    return {"id": f"{short}:{line}#{digest}", "name": name, "line": line, "tags": tags, "steps": steps}
