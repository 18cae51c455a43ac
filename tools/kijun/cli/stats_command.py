"""kijun stats"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Any

from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, say
from kijun.engine.defects import load_defects
from kijun.engine.suite import Suite
from kijun.model.errors import ConfigurationError
from kijun.model.requirement import MunicipalityClass


def configure(parser: argparse.ArgumentParser) -> None:
    add_spec(parser)
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")


def execute(arguments: argparse.Namespace) -> int:
    suite = Suite.load(spec_root(arguments.spec), cache())
    counts = count(suite)
    if arguments.json:
        say(json.dumps(counts, ensure_ascii=False, indent=1))
    else:
        for name, value in counts.items():
            say(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    return 0


def count(suite: Suite) -> dict[str, Any]:
    """How large the specification is; categories are counted per municipality class."""
    requirements = list(suite.catalog.requirements.values())
    glossary = suite.catalog.glossary
    # an outline stands for one scenario; each of its rows is an example
    outlines = {(one.at.path, one.steps[0].line if one.steps else one.at.line) for one in suite.scenarios}
    rows = sum(bool(one.steps) and one.at.line > one.steps[-1].line for one in suite.scenarios)
    return {
        "requirements": {
            "total": len(requirements),
            "by_business": dict(Counter(one.business for one in requirements)),
            "by_category": {
                kind.value: dict(Counter(one.category[kind].value for one in requirements))
                for kind in MunicipalityClass
            },
            "by_method": dict(Counter(one.method.value for one in requirements)),
        },
        "scenarios": len(outlines),
        "example_rows": rows,
        "cases": len(suite.scenarios),
        "step_phrases": len(suite.phrases.phrases),
        "glossary_words": len(glossary.words),
        "operations": len(glossary.operations),
        "defects": _defects(suite),
    }


def _defects(suite: Suite) -> int:
    try:
        return len(load_defects(suite.catalog.root, tuple(table.business for table in suite.catalog.tables)))
    except ConfigurationError:
        return 0
