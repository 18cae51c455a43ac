"""The phrase book: behave's step definitions of a root, found by the shape of a sentence.

Values stand in 「」, so a sentence with its values taken out names its phrase: one look-up instead of trying
every definition in turn. behave's matcher then reads the values, and behave's registry refuses ambiguity.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from behave import matchers
from behave.runner import the_step_registry as registry  # the one that `from behave import given` fills
from behave.runner_util import load_step_modules
from behave.step_registry import AmbiguousStep

from kijun.catalog.root import phrases_room
from kijun.model.errors import CatalogError, Position, Problem
from kijun.model.glossary import Glossary, UnknownLabel

_VALUE = re.compile(r"「[^」]*」")
_PARAMETER = re.compile(r"「\{[^}]*\}」")
_FREE_PARAMETER = re.compile(r"\{[^}]*\}")
_LOADING = threading.Lock()  # behave keeps one registry per process


class Unmatched(Exception):
    """No phrase has the shape of this sentence."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One step definition."""

    step_type: str
    pattern: str
    function: Callable[..., None]
    matcher: Any


class PhraseBook:
    """All phrases of a root, bound to one glossary."""

    def __init__(self, phrases: list[Phrase]) -> None:
        self.phrases = phrases
        self._by_shape: dict[tuple[str, str], list[Phrase]] = {}
        self._without_shape: list[Phrase] = []
        self._memo: dict[tuple[str, str], tuple[Phrase, dict[str, Any]]] = {}
        for phrase in phrases:
            if _FREE_PARAMETER.search(_PARAMETER.sub("", phrase.pattern)):
                self._without_shape.append(phrase)
            else:
                shape = _PARAMETER.sub("「」", phrase.pattern)
                self._by_shape.setdefault((phrase.step_type, shape), []).append(phrase)

    def bind(self, step_type: str, text: str) -> tuple[Phrase, dict[str, Any]]:
        """The phrase of a sentence and its values. Raises Unmatched or UnknownLabel."""
        key = (step_type, text)
        if key not in self._memo:
            self._memo[key] = self._bind(step_type, text)
        return self._memo[key]

    def _bind(self, step_type: str, text: str) -> tuple[Phrase, dict[str, Any]]:
        shape = (step_type, _VALUE.sub("「」", text))
        others = (phrase for phrase in self._without_shape if phrase.step_type in (step_type, "step"))
        for phrase in (*self._by_shape.get(shape, ()), *self._by_shape.get(("step", shape[1]), ()), *others):
            found = phrase.matcher.match(text)
            if isinstance(found, matchers.MatchWithError):
                raise _cause(found.stored_error) from found.stored_error
            if found is not None:
                return phrase, {argument.name: argument.value for argument in found.arguments}
        raise Unmatched(text)

    @classmethod
    def load(cls, root: Path, glossary: Glossary) -> PhraseBook:
        """Read steps/*_steps.py. Raises CatalogError for ambiguous phrases, bad names and module-level state."""
        folder = phrases_room(root)
        problems = [problem for path in sorted(folder.glob("*.py")) for problem in _file_problems(path)]
        if problems:
            raise CatalogError(problems)
        with _LOADING:
            registry.clear()
            register_types(glossary)
            try:
                load_step_modules([str(folder)])
            except AmbiguousStep as error:
                hint = "どちらかの言い回しを変えてください。"
                raise CatalogError([Problem(Position.of(folder), f"句が重なっています: {error}", hint)]) from error
            except Exception as error:
                hint = "ステップのファイルを直してください。"
                raise CatalogError([Problem(Position.of(folder), f"ステップを読めません: {error!r}", hint)]) from error
            steps = registry.steps
        phrases = [
            Phrase(kind, matcher.pattern, matcher.func, matcher) for kind, found in steps.items() for matcher in found
        ]
        book = cls(phrases)
        book._refuse_overlaps(folder)
        return book

    def _refuse_overlaps(self, folder: Path) -> None:
        """Two phrases of one shape: behave would take whichever it meets first."""
        problems = [
            Problem(
                Position.of(folder / Path(two.matcher.location.filename).name, two.matcher.location.line),
                f"句「{two.pattern}」は「{one.pattern}」と区別できません。",
                "「」の外の言い回しを変えてください。",
            )
            for one, two in ((found[0], other) for found in self._by_shape.values() for other in found[1:])
        ]
        if problems:
            raise CatalogError(problems)


def register_types(glossary: Glossary) -> None:
    """Teach behave's matchers the words of this glossary: Word, Operation, Fact, Reason."""
    for name, find in (
        ("Word", glossary.word),
        ("Operation", glossary.operation),
        ("Fact", glossary.fact),
        ("Reason", glossary.reason),
    ):
        matchers.register_type(**{name: _converter(find)})


def _converter(find: Callable[[str], Any]) -> Callable[[str], Any]:
    def convert(label: str) -> Any:
        return find(label)

    convert.pattern = r"[^」]*"  # type: ignore[attr-defined]  # read by parse
    return convert


def _cause(error: BaseException) -> BaseException:
    """The unknown label inside behave's own error."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, UnknownLabel):
        seen = getattr(seen, "exc_cause", None) or seen.__cause__ or seen.__context__
    return seen or error


_STATE = re.compile(r"^(global\s|[A-Za-z_]\w*\s*(:[^=]+)?=[^=])")


def _file_problems(path: Path) -> list[Problem]:
    problems = []
    if not path.name.endswith("_steps.py"):
        hint = "calendar.py のような名は標準ライブラリを隠します。*_steps.py という名にしてください。"
        problems.append(Problem(Position.of(path), "ステップのファイル名が _steps.py で終わっていません。", hint))
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if _STATE.match(line):
            hint = "状態はシナリオごとの world に置いてください。"
            problems.append(Problem(Position.of(path, number), "ステップのファイルに共有の変数があります。", hint))
    return problems
