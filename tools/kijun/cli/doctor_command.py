"""kijun doctor"""

from __future__ import annotations

import argparse

from kijun.catalog.configuration import unanswered
from kijun.cli.common import add_target, request, say
from kijun.drivers import reach
from kijun.engine.doctor import examine
from kijun.engine.setup import prepare
from kijun.model.errors import ConfigurationError, ConnectionLost, Position, Problem


def configure(parser: argparse.ArgumentParser) -> None:
    add_target(parser)


def execute(arguments: argparse.Namespace) -> int:
    asked = request(arguments)
    assignment, sut = prepare(asked)
    problems = unanswered(assignment.statement, assignment.catalog, sut.folder)
    try:
        system = reach(sut)
    except ConnectionLost as error:
        at = Position.of(sut.folder / "sut.yaml")
        hint = "製品が起動しているか、sut.yaml の宛先を確かめてください。"
        raise ConfigurationError([*problems, Problem(at, f"試験対象につながりません: {error}", hint)]) from error
    try:
        diagnosis = examine(assignment, system, sut.folder)
    finally:
        system.shut()
    for line in diagnosis.notes:
        say(line)
    problems += diagnosis.problems
    if problems:
        raise ConfigurationError(problems)
    say("実行を妨げる誤りはありません。")
    return 0
