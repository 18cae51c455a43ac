"""kijun plan"""

from __future__ import annotations

import argparse
import json

from kijun.cli.common import add_target, request, say
from kijun.engine.planner import compile_plan
from kijun.engine.setup import prepare
from kijun.model.plan import TestPlan


def configure(parser: argparse.ArgumentParser) -> None:
    add_target(parser)
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")


def execute(arguments: argparse.Namespace) -> int:
    assignment, _ = prepare(request(arguments))
    plan = compile_plan(
        assignment.catalog,
        assignment.scenarios,
        assignment.profile,
        assignment.statement,
        select=assignment.select,
    )
    say(json.dumps(_record(plan), ensure_ascii=False, indent=1) if arguments.json else _text(plan))
    return 0


def _record(plan: TestPlan) -> dict[str, object]:
    return {
        "plan_digest": plan.digest,
        "filtered": plan.filtered,
        "planned": [
            {"scenario": case.scenario.id, "name": case.scenario.name, "requirements": list(case.scenario.requirements)}
            for case in plan.cases
        ],
        "not_applicable": [
            {"scenario": one.scenario.id, "name": one.scenario.name, "because": one.because}
            for one in plan.not_applicable
        ],
        "canaries": [one.id for one in plan.canaries],
    }


def _text(plan: TestPlan) -> str:
    lines = [f"試験するシナリオ {len(plan.cases)} 件"]
    lines += [f"  {'・'.join(case.scenario.requirements)}  {case.scenario.name}" for case in plan.cases]
    lines.append(f"対象外のシナリオ {len(plan.not_applicable)} 件")
    lines += [f"  {one.scenario.name}: {one.because}" for one in plan.not_applicable]
    return "\n".join(lines)
