"""Third door: plain `behave` at the root. behave walks the scenarios, the same run records and judges them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from behave.runner import Context, Runner

from kijun.drivers import System, reach
from kijun.engine.phrases import register_types
from kijun.engine.run import Run
from kijun.engine.run_place import new_folder, point_latest
from kijun.engine.session import Session
from kijun.engine.setup import Request, assign
from kijun.engine.suite import Suite
from kijun.engine.world import World
from kijun.model.plan import Case


class KijunRunner(Runner):  # type: ignore[misc]  # behave is untyped
    """behave's runner with our hooks; options come as -D profile=… -D system=… -D seed=… -D out=…"""

    def load_hooks(self, filename: str | None = None) -> None:
        super().load_hooks(filename)
        door = _Door(self)
        self.hooks.update(
            before_all=door.before_all,
            before_scenario=door.before_scenario,
            after_step=door.after_step,
            after_scenario=door.after_scenario,
            after_all=door.after_all,
        )

    def load_step_definitions(self, extra_step_paths: list[str] | None = None) -> None:
        root = Path(str(self.base_dir))
        self.suite = Suite.load(root)
        register_types(self.suite.catalog.glossary)
        super().load_step_definitions(extra_step_paths)


class _Door:
    """Carries one run through behave's hooks."""

    def __init__(self, runner: KijunRunner) -> None:
        self._runner = runner
        self._system: System | None = None
        self._run: Run | None = None
        self._session: Session | None = None
        self._cases: dict[tuple[str, int], Case] = {}
        self._case: Case | None = None
        self._world: World | None = None
        self._failure: tuple[int, BaseException] | None = None
        self._started = 0.0
        self._step = 0

    def before_all(self, context: Context) -> None:
        given = context.config.userdata
        profile, system = given.get("profile"), given.get("system")
        request = Request(
            root=Path(str(self._runner.base_dir)),
            profile=Path(profile) if profile else None,
            system=Path(system) if system else None,
            seed=given.get("seed", ""),
            door="behave",
        )
        assignment, sut = assign(self._runner.suite, request)
        self._system = reach(sut)
        folder = new_folder(Path(given.get("out", "kijun-out")))
        self._run = Run(assignment, self._system, folder).__enter__()
        point_latest(folder)
        self._session = self._run.first_session()
        self._cases = {(case.scenario.at.path, case.scenario.at.line): case for case in self._run.plan.cases}

    def before_scenario(self, context: Context, scenario: Any) -> None:
        key = (str(Path(scenario.filename).resolve()), scenario.line)
        self._case = self._cases.get(key)
        self._world = None
        if self._case is None or self._session is None:
            scenario.skip("この実行の計画にありません（対象外、検査用、又は未提供の操作）。")
            return
        self._failure, self._step, self._started = None, 0, time.perf_counter()
        name = f"{self._runner_seed()}-{self._case.seq}-1"
        self._world = context.world = self._session.begin(self._case.scenario, name)

    def after_step(self, _context: Context, step: Any) -> None:
        if step.exception is not None and self._failure is None:
            self._failure = (self._step, step.exception)
        self._step += 1

    def after_scenario(self, _context: Context, _scenario: Any) -> None:
        if self._case is None or self._world is None or self._session is None or self._run is None:
            return
        index, error = self._failure or (None, None)
        self._run.record(self._case, self._session.finish(self._world, self._started, error, index))

    def after_all(self, _context: Context) -> None:
        if self._run is not None:
            self._run.finish()
            self._run.__exit__()
        if self._system is not None:
            self._system.shut()

    def _runner_seed(self) -> str:
        return self._run.assignment.seed if self._run else ""
