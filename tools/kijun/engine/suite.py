"""The whole specification of a root, read and cross-checked: catalog, scenarios, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import vocabulary_digest
from kijun.engine.features import FeatureReader
from kijun.engine.phrases import PhraseBook
from kijun.model.errors import CatalogError, Position, Problem
from kijun.model.plan import Scenario
from kijun.model.requirement import Method


@dataclass(frozen=True)
class Suite:
    """Requirements and scenarios together."""

    catalog: Catalog
    scenarios: tuple[Scenario, ...]
    phrases: PhraseBook

    @classmethod
    def load(cls, root: Path, cache: Path | None = None) -> Suite:
        """Read a root. Raises CatalogError with every problem of every room."""
        suite, problems = cls.inspect(root, cache)
        if problems:
            raise CatalogError(problems)
        if suite is None:
            raise AssertionError("a suite without problems must exist")
        return suite

    @classmethod
    def inspect(cls, root: Path, cache: Path | None = None) -> tuple[Suite | None, list[Problem]]:
        """Read a root as far as possible; a suite comes back only when its phrases could be read."""
        catalog, problems = Catalog.inspect(root)
        if not catalog.has_all_words:
            at = Position.of(root / "requirements" / "glossary")
            hint = "用語集を直してから、もう一度確かめてください。"
            told = "読めない用語集があるため、要件表とシナリオの言葉はまだ確かめていません。"
            return None, [*problems, Problem(at, told, hint)]
        try:
            reader = FeatureReader(root, catalog.glossary, vocabulary_digest(root), cache)
        except CatalogError as error:
            return None, [*problems, *error.problems]
        reading = reader.read()
        suite = cls(catalog, tuple(reading.scenarios), reader.book)
        return suite, [*problems, *reading.problems, *suite.link_problems()]

    def link_problems(self) -> Iterator[Problem]:
        """Both directions: a scenario must cite known requirements, and a testable requirement must be cited."""
        known = self.catalog.requirements
        cited = {one for scenario in self.scenarios for one in scenario.requirements}
        for scenario in self.scenarios:
            yield from _scenario_problems(scenario)
        yield from self._citation_problems()
        for one in known.values():
            if one.method is Method.TEST and one.id not in cited:
                hint = "シナリオに @req: を付けるか、verification に試験しない方法と理由を書いてください。"
                yield Problem(one.at, f"要件 {one.id} を確かめるシナリオがありません。", hint)
        canaries = {scenario.business for scenario in self.scenarios if scenario.is_canary}
        for table in self.catalog.tables:
            if table.business not in canaries and any(one.method is Method.TEST for one in table.requirements):
                at = Position.of(self.catalog.root / "features")
                hint = "必ず失敗するシナリオを @canary を付けて一つ置いてください。"
                yield Problem(at, f"業務「{table.business}」に @canary のシナリオがありません。", hint)

    def _citation_problems(self) -> Iterator[Problem]:
        if not self.catalog.has_all_rows:
            told = "読めない要件表があるため、シナリオが引く要件の番号はまだ確かめていません。"
            hint = "要件表を直してから、もう一度確かめてください。"
            yield Problem(Position.of(self.catalog.root / "requirements"), told, hint)
            return
        known = self.catalog.requirements.keys()
        for scenario in self.scenarios:
            for one in scenario.requirements:
                if one not in known:
                    near = get_close_matches(one, known, n=1, cutoff=0.6)
                    hint = f"「{near[0]}」のことですか。" if near else "要件表の番号を確かめてください。"
                    yield Problem(scenario.at, f"シナリオが知らない要件 {one} を引いています。", hint)


def _scenario_problems(scenario: Scenario) -> Iterator[Problem]:
    if not scenario.requirements and not scenario.is_canary:
        yield Problem(scenario.at, "シナリオが要件に結び付いていません。", "@req:要件番号 を付けてください。")
    if scenario.requirements and scenario.is_canary:
        yield Problem(scenario.at, "@canary のシナリオが要件を引いています。", "@req: を外してください。")
