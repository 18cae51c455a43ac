"""Every fault of a specification root that can be found without a system, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kijun.catalog.configuration import read_attestations, read_profile, read_statement, read_system, unanswered
from kijun.catalog.editions import edition_problems
from kijun.catalog.extras import optional
from kijun.catalog.inquiry_codes import read_codes
from kijun.catalog.yaml_reader import read_yaml
from kijun.engine.suite import Suite
from kijun.model.errors import Position, Problem, ProblemsFound

ryaml = optional("ryaml")
gherkin_parser = optional("gherkin.parser")  # only developers have the second parser


def lint(root: Path, cache: Path | None = None) -> list[Problem]:
    """All problems of a root, sorted by place; an empty list means that it can be run."""
    suite, problems = Suite.inspect(root, cache)
    problems.extend(_second_opinions(root))
    problems.extend(_found(read_codes, root))
    if suite is not None and not problems:
        problems.extend(_configuration_problems(root, suite))
    if suite is not None and suite.catalog.has_all_rows:
        problems.extend(edition_problems(root, suite.catalog.tables))
    return sorted(set(problems))


def _configuration_problems(root: Path, suite: Suite) -> Iterator[Problem]:
    """Profiles and vendor folders that lie in the root are held to the same standard."""
    for path in sorted((root / "requirements" / "profiles").glob("*.yaml")):
        yield from _found(read_profile, path, suite.catalog)
    for folder in sorted((root / "requirements" / "systems").glob("*/")):
        yield from _found(read_system, folder)
        problems = list(_found(read_statement, folder, suite.catalog))
        yield from problems
        if not problems:
            yield from unanswered(read_statement(folder, suite.catalog), suite.catalog, folder)
        yield from _found(read_attestations, folder, suite.catalog)


def _found(read: Any, *arguments: Any) -> tuple[Problem, ...]:
    try:
        read(*arguments)
    except ProblemsFound as error:
        return error.problems
    return ()


def _second_opinions(root: Path) -> Iterator[Problem]:
    """The same file read by a second reader of its format: where two readers differ, an official is misled."""
    if ryaml is not None:
        for path in sorted((root / "requirements").rglob("*.yaml")):
            yield from _yaml_difference(path)
    if gherkin_parser is not None:
        for path in sorted((root / "features").rglob("*.feature")):
            yield from _gherkin_difference(path)


def _yaml_difference(path: Path) -> Iterator[Problem]:
    file = read_yaml(path)
    if file.problems:
        return  # told already
    try:
        other = ryaml.loads(path.read_text(encoding="utf-8"))
    except Exception as error:  # noqa: BLE001 - the reader's own error types are not public
        yield Problem(Position.of(path), f"別の YAML の読み手では読めません（{error}）。", "引用符で囲んでください。")
        return
    if other != file.data:
        yield Problem(
            Position.of(path), "YAML の読み手によって内容が変わります。", "文字の値を全て引用符で囲んでください。"
        )


def _gherkin_difference(path: Path) -> Iterator[Problem]:
    try:
        gherkin_parser.Parser().parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return  # told already
    except Exception as error:  # noqa: BLE001 - one composite error, or a single one
        for one in getattr(error, "errors", [error]):
            line = getattr(one, "location", {}).get("line", 1)
            message = str(one).split(": ", 1)[-1][:120]
            yield Problem(
                Position.of(path, line),
                f"別の Gherkin の読み手では読めません（{message}）。",
                "共通の書き方に直してください。",
            )
