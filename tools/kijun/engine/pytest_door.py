"""Second door: under pytest every scenario is an item, run through the same session and the same log.

Inconclusive, erroneous and unexecuted scenarios are errors of set-up, contradictions are failures; nothing is
ever a silent skip. Importing this module costs nothing until a feature file is collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from kijun.drivers import System
    from kijun.engine.run import Run
    from kijun.engine.session import CaseResult, Session
    from kijun.engine.suite import Suite
    from kijun.model.plan import Case, Scenario


class ScenarioFailed(AssertionError):
    """The product contradicted an assertion."""


class ScenarioUndecided(Exception):
    """Inconclusive, error or not executed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("kijun", "標準仕様への適合試験")
    group.addoption("--kijun-profile", type=Path, help="調達側の条件（プロファイル）")
    group.addoption("--kijun-system", type=Path, help="事業者のフォルダー（既定は参照システム）")
    group.addoption("--kijun-seed", default="", help="氏名・番号などを作る種")
    group.addoption("--kijun-out", type=Path, default=Path("kijun-out"), help="結果の置き場所")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix != ".feature":
        return None
    root = next((one for one in file_path.parents if (one / "requirements" / "glossary").is_dir()), None)
    return FeatureFile.from_parent(parent, path=file_path, root=root) if root else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    for door in session.config.stash.get(_DOORS, {}).values():
        door.close()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for door in config.stash.get(_DOORS, {}).values():
        if door.folder:
            terminalreporter.write_line(
                f"実行記録: {door.folder}（kijun report {door.folder.name} で報告書を作れます）"
            )


class _Door:
    """One root's suite and run, shared by all its items."""

    def __init__(self, config: pytest.Config, root: Path) -> None:
        from kijun.engine.setup import Request, assign  # noqa: PLC0415 - nothing heavy before a feature is met
        from kijun.engine.suite import Suite  # noqa: PLC0415

        self._out: Path = config.getoption("--kijun-out")
        self.suite: Suite = Suite.load(root)
        request = Request(
            root=root,
            profile=config.getoption("--kijun-profile"),
            system=config.getoption("--kijun-system"),
            seed=config.getoption("--kijun-seed"),
            door="pytest",
        )
        self._assignment, self._sut = assign(self.suite, request)
        self._system: System | None = None
        self._run: Run | None = None
        self._session: Session | None = None
        self.folder: Path | None = None

    def scenarios(self, path: Path) -> Iterator[Scenario]:
        from kijun.engine.planner import compile_plan  # noqa: PLC0415

        one = self._assignment
        plan = compile_plan(one.catalog, one.scenarios, one.profile, one.statement)
        for case in plan.cases:
            if Path(case.scenario.at.path) == path:
                yield case.scenario

    def run(self, scenario: Scenario) -> CaseResult | str:
        """The result of a scenario, or the reason why it cannot be executed."""
        run = self._open()
        case = self._cases.get(scenario.id)
        if case is None or self._session is None:
            return next(
                (one.because for one in run.plan.untestable if one.scenario.id == scenario.id), "計画にありません。"
            )
        return run.run_case(self._session, case)

    def close(self) -> None:
        if self._run is not None:
            self._run.finish()
            self._run.__exit__()
        if self._system is not None:
            self._system.shut()

    def _open(self) -> Run:
        if self._run is None:
            from kijun.drivers import reach  # noqa: PLC0415
            from kijun.engine.run import Run  # noqa: PLC0415
            from kijun.engine.run_place import new_folder, point_latest  # noqa: PLC0415

            self._system = reach(self._sut)
            self.folder = new_folder(self._out)
            self._run = Run(self._assignment, self._system, self.folder).__enter__()
            point_latest(self.folder)
            self._session = self._run.first_session()
            self._cases: dict[str, Case] = {case.scenario.id: case for case in self._run.plan.cases}
        return self._run


_DOORS = pytest.StashKey[dict[Path, _Door]]()


class FeatureFile(pytest.File):
    """One feature file; its items are the scenarios that the plan selects."""

    def __init__(self, *, root: Path, **keywords: Any) -> None:
        super().__init__(**keywords)
        self._root = root

    def collect(self) -> Iterator[pytest.Item]:
        doors = self.config.stash.setdefault(_DOORS, {})
        if self._root not in doors:
            doors[self._root] = _Door(self.config, self._root)
        door = doors[self._root]
        for scenario in door.scenarios(self.path):
            name = f"{scenario.name}[{scenario.at.line}]"
            yield ScenarioItem.from_parent(self, name=name, scenario=scenario, door=door)


class ScenarioItem(pytest.Item):
    """One scenario."""

    def __init__(self, *, scenario: Scenario, door: _Door, **keywords: Any) -> None:
        super().__init__(**keywords)
        self._scenario = scenario
        self._door = door
        self._result: CaseResult | None = None
        for requirement in scenario.requirements:
            self.add_marker(pytest.mark.allure_label(requirement, label_type="story"))
            self.user_properties.append(("requirement", requirement))

    def setup(self) -> None:
        from kijun.model.verdict import Verdict  # noqa: PLC0415

        result = self._door.run(self._scenario)
        if isinstance(result, str):
            raise ScenarioUndecided(f"未実施: {result}")
        self.user_properties.append(("verdict", result.verdict.value))
        if result.verdict not in (Verdict.PASS, Verdict.FAIL):
            raise ScenarioUndecided(f"{result.verdict.label}: {result.message}")
        self._result = result

    def runtest(self) -> None:
        if self._result is not None and self._result.message:
            raise ScenarioFailed(self._result.message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, ScenarioFailed | ScenarioUndecided):
            return f"{self._scenario.at}: {excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self._scenario.at.line - 1, self._scenario.name
