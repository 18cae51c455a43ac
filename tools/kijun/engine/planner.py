"""Decides before anything runs: which scenarios, which not, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from kijun.catalog.catalog import Catalog
from kijun.model.plan import Case, Scenario, TestPlan, Unplanned
from kijun.model.profile import Profile
from kijun.model.requirement import Obligation, Requirement
from kijun.model.statement import Answer, ImplementationConformanceStatement


def compile_plan(
    catalog: Catalog,
    scenarios: Iterable[Scenario],
    profile: Profile,
    statement: ImplementationConformanceStatement,
    offered: frozenset[str] | None = None,
    select: Sequence[str] = (),
) -> TestPlan:
    """Select from profile and statement alone; `offered` (what the driver can do) marks the rest untestable.

    `select` keeps only scenarios whose id or requirement contains one of the texts; such a plan is filtered and
    never supports a claim.
    """
    known = catalog.requirements
    planned: list[Scenario] = []
    canaries: list[Scenario] = []
    not_applicable: list[Unplanned] = []
    untestable: list[Unplanned] = []
    for scenario in scenarios:
        if scenario.business not in profile.businesses:
            continue
        if scenario.is_canary:
            canaries.append(scenario)
            continue
        because = why_not_applicable([known[one] for one in scenario.requirements if one in known], profile, statement)
        if because:
            not_applicable.append(Unplanned(scenario, because))
        elif select and not _selected(scenario, select):
            continue
        elif missing := sorted(scenario.operations - offered) if offered is not None else []:
            labels = "」「".join(catalog.glossary.operation_of(key).label for key in missing)
            untestable.append(Unplanned(scenario, f"ドライバーが操作「{labels}」を提供していません。"))
        else:
            planned.append(scenario)
    cases = tuple(Case(seq, scenario) for seq, scenario in enumerate(planned))
    digest = plan_digest(catalog.digest, [*planned, *(one.scenario for one in untestable)])
    return TestPlan(cases, tuple(canaries), tuple(not_applicable), tuple(untestable), digest, bool(select))


def why_not_applicable(
    requirements: Iterable[Requirement], profile: Profile, statement: ImplementationConformanceStatement
) -> str:
    """Empty when the scenario has to run; otherwise the reason that leaves it out."""
    reasons = []
    for one in requirements:
        if outside := profile.why_outside(one):
            reasons.append(f"{one.id}: {outside}")
        elif profile.obligation(one) is Obligation.OPTIONAL and statement.answer(one.id) in (Answer.NO, Answer.PLANNED):
            reasons.append(f"{one.id}: 標準オプションで、実装しないと宣言されています。")
        else:
            return ""
    return " ".join(reasons) or "要件に結び付いていません。"


def plan_digest(suite_digest: str, scenarios: Iterable[Scenario]) -> str:
    """Names a plan: the suite it came from and the scenarios in it, in order."""
    ids = "\n".join(scenario.id for scenario in scenarios)
    return hashlib.sha256(f"{suite_digest}\n{ids}".encode()).hexdigest()


def _selected(scenario: Scenario, select: Sequence[str]) -> bool:
    names = (scenario.id, *scenario.requirements)
    return any(text in name for text in select for name in names)
