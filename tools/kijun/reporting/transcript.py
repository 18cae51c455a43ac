"""What was said in one case, for a terminal: the steps, the verdict, and every message in order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kijun.catalog.run_folder import EVIDENCE, evidence_name
from kijun.model.conformance import CaseOutcome
from kijun.model.verdict import Verdict
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import dispute_text

BRIEF = 400  # characters of one content; the whole lies in the evidence


def render(view: RunView, case: CaseOutcome, limit: int | None = BRIEF) -> str:
    """One case as lines of text. A content longer than `limit` is cut; None shows all of it."""
    return "\n".join([*_head(view, case), *_steps(view, case), *_exchanges(view, case, limit)])


def _head(view: RunView, case: CaseOutcome) -> Iterator[str]:
    scenario = view.scenario(case)
    fault = f"（{case.fault.label}）" if case.fault else ""
    yield f"[{view.report.facts.order[case.scenario]}] {case.verdict.label}{fault} {case.name}"
    yield f"    {scenario['file']}:{scenario['line']}  {case.milliseconds:,.1f} ミリ秒"
    yield f"    識別 {case.scenario}"
    yield f"    要件 {'、'.join(scenario['requirements'])}"
    if case.message:
        yield f"    わけ: {case.message}"
    if case.fault and case.verdict is not Verdict.PASS:
        yield f"    手当て: {case.fault.remedy}"
    yield from (f"    異議: {dispute_text(one)}" for one in case.disputes)


def _steps(view: RunView, case: CaseOutcome) -> Iterator[str]:
    """○ done, × where it broke off, ・ never reached.

    Without a failed step all were done, or none when nothing was said at all.
    """
    steps = view.scenario(case)["steps"]
    end = case.failed_step if case.failed_step is not None else len(steps) if case.evidence else -1
    for number, step in enumerate(steps):
        mark = "○" if number < end else "×" if number == end else "・"
        yield f"  {mark} {step['keyword']} {step['text']}"
        for row in step["table"] or ():
            yield f"      | {' | '.join(row)} |"


def _exchanges(view: RunView, case: CaseOutcome, limit: int | None) -> Iterator[str]:
    exchanges = view.exchanges(case)
    yield f"  やり取り {len(exchanges)} 件" if exchanges else "  やり取りはありません。"
    for number, one in enumerate(exchanges, start=1):
        asked = one["request"]
        label = view.operation_label(asked["operation"])
        took = f"  {one['milliseconds']:,.1f} ミリ秒" if "milliseconds" in one else ""
        yield f"  {number}. {one['method']}「{label}」（{asked['operation']}）{took}"
        yield f"     {asked['actor']}、{asked['as_of']}"
        yield f"     → {_short(asked['input'], limit)}"
        yield f"     ← {_reply(one, limit)}"
    if case.evidence:
        yield f"  証跡 {EVIDENCE}/{evidence_name(case.evidence, 'application/json')}"
    for kept in case.attachments:
        yield f"  添付 {kept['name']}: {EVIDENCE}/{evidence_name(kept['sha256'], kept['media_type'])}"


def _reply(one: dict[str, Any], limit: int | None) -> str:
    """The kind of the reply in Japanese, and what it held."""
    reply = one["reply"]
    if reply is None:
        return f"応答なし: {one['trouble']}"
    if "refused" in reply:
        return f"拒否 {_short(reply['refused'], limit)}"
    if "unsupported" in reply:
        return "提供なし（unsupported）"
    if "fault" in reply:
        return f"異常 {_short(reply['fault'], limit)}"
    return f"結果 {_short(reply.get('result', reply), limit)}"


def _short(content: Any, limit: int | None) -> str:
    text = json.dumps(content, ensure_ascii=False)
    if limit is None or len(text) <= limit:
        return text
    return f"{text[:limit]}…（全 {len(text):,} 文字、--long で全て示します）"
