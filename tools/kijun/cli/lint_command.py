"""kijun lint"""

from __future__ import annotations

import argparse

from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, say
from kijun.engine.lint import lint
from kijun.model.errors import CatalogError


def configure(parser: argparse.ArgumentParser) -> None:
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    problems = lint(root, cache())
    if problems:
        raise CatalogError(problems)
    say(f"{root}: 誤りはありません。")
    return 0
