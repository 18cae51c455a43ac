"""A driver to fill in, in the vendor's language: templates that run, with one operation of the standard as example."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kijun.engine.suite import Suite
from kijun.model.errors import ConfigurationError, Position, Problem, UsageError
from kijun.model.glossary import Glossary, Operation

TEMPLATES = Path(__file__).resolve().parents[1] / "driver_templates"
LANGUAGES = ("python", "node", "java", "csharp")
_PLACEHOLDERS = ("例の操作", "example_operation", "example_result")


@dataclass(frozen=True, slots=True)
class Example:
    """The operation that a new driver offers, so that there is something to see and to replace."""

    label: str
    key: str
    result: str


def write_driver(language: str, folder: Path, example: Example | None) -> list[Path]:
    """Write the template into an empty or new folder. Raises UsageError, with nothing written, for any other."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} は空のフォルダーではないので、何も書きませんでした。新しい名前を指定してください。")
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted((TEMPLATES / language).iterdir()):
            if source.is_file():
                path = folder / source.name
                path.write_text(_filled(source.read_text(encoding="utf-8"), example), encoding="utf-8", newline="\n")
                paths.append(path)
    except OSError as error:
        hint = "場所と権限を確かめるか、別のフォルダーを指定してください。"
        problem = Problem(Position.of(folder), f"ひな形を書けません（{error.strerror}）。", hint)
        raise ConfigurationError([problem]) from error
    return paths


def example_of(suite: Suite) -> Example | None:
    """The most asked question that an empty system answers truly: a query without duties whose answer is one list."""
    asked = Counter(key for scenario in suite.scenarios for key in scenario.operations)
    fitting = [one for one in suite.catalog.glossary.operations if _is_plain_list(one, suite.catalog.glossary)]
    if not fitting:
        return None
    chosen = max(fitting, key=lambda one: asked[one.key])
    return Example(chosen.label, chosen.key, chosen.result[0].word)


def _is_plain_list(operation: Operation, glossary: Glossary) -> bool:
    if not operation.is_query or operation.prohibited or len(operation.result) != 1:
        return False
    return glossary.word_of(operation.result[0].word).type == "list" and all(one.optional for one in operation.input)


def _filled(text: str, example: Example | None) -> str:
    if example is None:
        return text
    for placeholder, value in zip(_PLACEHOLDERS, (example.label, example.key, example.result), strict=True):
        text = text.replace(placeholder, value)
    return text
