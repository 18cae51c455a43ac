"""Mutation testing of the reference system's rules, with the features as the tests.

    python tools/mutate_reference.py light_vehicle_tax [--module rules --module rates] [--jobs 2]

Named defects show that the suite notices the mistakes somebody thought of; mutants (made by cosmic-ray's operators)
are the ones nobody thought of. Every mutant is put into the running reference system and must make a scenario fail
that calls the changed function. What survives has to be named and explained in tests/defects/<business>/survivors.yaml.

Exit code 0: at least 95 % are killed and every survivor is explained. 1: not so. Prints each survivor.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import logging
import multiprocessing
import os
import sys
import time
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import yaml
from cosmic_ray import plugins
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import mutate_code

from kijun.catalog.root import shipped_root
from kijun.engine.impact import Mark, Place, place, readers
from kijun.engine.prove import Bench, Footprints
from kijun.engine.setup import Request
from kijun.model.verdict import Verdict

REQUIRED = 0.95
# what holds no rule: routes, forms, tables, pages, and the words printed on paper
NOT_RULES = ("__init__", "api", "forms", "records", "documents", "printing", "screens")
_DEADLINE_SECONDS = 5.0
_SILENCE_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Spec:
    """A change that can be made: which operator, at which of its places in which module."""

    module: str
    operator: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one line of one module."""

    module: str
    line: int
    before: str
    after: str
    source: str  # of the whole changed module

    @property
    def key(self) -> str:
        return f"{self.module.rpartition('.')[2]}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant: killed, survived, timeout, unreached; or no mutant at all."""

    verdict: str
    line: int = 0
    key: str = ""

    @property
    def is_survivor(self) -> bool:
        return self.verdict in ("survived", "unreached")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("business")
    parser.add_argument("--module", action="append", default=[], help="only these modules (default: all rules)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(argv)
    names = asked.module or rule_modules(asked.business)
    specs = list(dict.fromkeys(one for name in names for one in specs_of(f"kijun.reference.{asked.business}.{name}")))
    return tell(asked.business, run(asked.business, names, specs, asked.jobs))


def rule_modules(business: str) -> list[str]:
    folder = shipped_root() / "tools" / "kijun" / "reference" / business
    stems = sorted(path.stem for path in folder.glob("*.py"))
    return [stem for stem in stems if stem not in NOT_RULES and not stem.endswith(("_api", "_records", "_forms"))]


# making mutants ------------------------------------------------------------------------------------------


def specs_of(name: str) -> Iterator[Spec]:
    """Every place where an operator can change the module."""
    tree = get_ast(source_of(name))
    for operator in operator_names():
        places = counted(tree, plugins.get_operator(operator)())
        yield from (Spec(name, operator, occurrence) for occurrence in range(places))


def counted(node: Any, operator: Any) -> int:
    own = sum(1 for _ in operator.mutation_positions(node))
    return own + sum(counted(child, operator) for child in getattr(node, "children", ()))


def source_of(name: str) -> str:
    return Path(str(importlib.import_module(name).__file__)).read_text(encoding="utf-8")


def operator_names() -> list[str]:
    """All operators that need no argument, but for two kinds. (`orders_what_has_no_order` leaves out a third.)

    The one that removes decorators: here these are @dataclass, without which nothing runs, and @cache, which changes
    speed alone. And those that put `is` for another comparison: small numbers and short texts are one object here and
    two there, so what such a mutant does is nobody's rule.
    """
    found = []
    for name in plugins.operator_names():
        is_left_out = name.endswith(("/RemoveDecorator", "_Is", "_IsNot"))
        if not is_left_out and not list(plugins.get_operator(name).arguments()):
            found.append(name)
    return found


def mutant_of(spec: Spec) -> Mutant | None:
    """The mutant, or None when the change alters nothing that runs: an annotation, a docstring."""
    source = source_of(spec.module)
    changed = mutate_code(source, plugins.get_operator(spec.operator)(), spec.occurrence)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        if changed is None or compiled(changed, spec.module) in (None, compiled(source, spec.module)):
            return None
    if orders_what_has_no_order(ast.parse(source), ast.parse(changed)):
        return None
    return described(spec.module, source, changed)


def compiled(source: str, name: str) -> Any:
    """What the module does, to compare: no line numbers, annotations or decorators; None if it does not compile."""
    try:
        tree = _Bare().visit(ast.parse(source))
        return essence(compile(ast.fix_missing_locations(tree), name, "exec", dont_inherit=True))
    except (SyntaxError, ValueError):
        return None


def orders_what_has_no_order(before: ast.AST, after: ast.AST) -> bool:
    """Whether the change asks if a word or an identifier is less than another, where it was asked if they are the same.

    Neither has an order that means anything: which of two words comes first in Unicode is nobody's rule.
    """
    for old, new in zip(ast.walk(before), ast.walk(after), strict=False):
        if isinstance(old, ast.Compare) and isinstance(new, ast.Compare) and _kinds(old) != _kinds(new):
            was_same = isinstance(old.ops[0], (ast.Eq, ast.NotEq))
            is_order = isinstance(new.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
            return was_same and is_order and any(map(_has_no_order, (old.left, *old.comparators)))
    return False


def _kinds(one: ast.Compare) -> list[type]:
    return [type(operator) for operator in one.ops]


def _has_no_order(one: ast.expr) -> bool:
    if isinstance(one, ast.Tuple):
        return all(map(_has_no_order, one.elts))
    name = one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "")
    is_word = isinstance(one, ast.Constant) and isinstance(one.value, str)
    return is_word or name in ("id", "tenant") or name.endswith("_id")


class _Bare(ast.NodeTransformer):
    """Takes away what is written for readers and type checkers."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns, node.decorator_list = None, []
        self.generic_visit(node)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = []
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        self.generic_visit(node)
        return node


def essence(code: CodeType) -> tuple[Any, ...]:
    constants = tuple(essence(one) if isinstance(one, CodeType) else (type(one), one) for one in code.co_consts)
    return (code.co_code, constants, code.co_names, code.co_varnames)


def described(module: str, source: str, changed: str) -> Mutant:
    pairs = enumerate(zip(source.split("\n"), changed.split("\n"), strict=False), start=1)
    line, (before, after) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    return Mutant(module, line, before.strip(), after.strip(), changed)


# running them --------------------------------------------------------------------------------------------


def run(business: str, names: Sequence[str], specs: Sequence[Spec], jobs: int) -> dict[int, Outcome]:
    """What became of every change, by its place. A process that a mutant spoils or silences makes room for another."""
    context = multiprocessing.get_context("spawn")
    footprints = walked(context, business, names, jobs)
    left = deque(enumerate(specs))
    outcomes: dict[int, Outcome] = {}
    workers: list[Worker] = []
    while len(outcomes) < len(specs):
        while left and len(workers) < jobs:
            workers.append(Worker(*started(context, _try, business, names, footprints)))
        ready = wait([one.pipe for one in workers], timeout=1.0)
        for worker in list(workers):
            if worker.pipe in ready:
                outcomes.update(worker.hear(left))
            if worker.has_left or worker.is_silent:
                outcomes.update(worker.dismissed())
                workers.remove(worker)
        sys.stderr.write(f"\r{len(outcomes)}/{len(specs)}")
    sys.stderr.write("\n")
    return outcomes


class Worker:
    """The near end of a process that tries mutants; it is heard of after every scenario."""

    def __init__(self, pipe: Connection, process: Any) -> None:
        self.pipe, self.process = pipe, process
        self.number: int | None = None  # what it tries just now
        self.heard, self.has_left = time.monotonic(), False

    def hear(self, left: deque[tuple[int, Spec]]) -> dict[int, Outcome]:
        """One message; after an outcome the next change is handed out, or none when a spoilt process should leave."""
        self.heard = time.monotonic()
        try:
            told: dict[int, Outcome] | None = self.pipe.recv()
        except EOFError:
            self.has_left = True
            return {}
        if told is None:
            return {}
        is_spoilt = any(one.verdict == "timeout" for one in told.values())
        following = left.popleft() if left and not is_spoilt else None
        self.number = following[0] if following else None
        self.pipe.send(following)
        return told

    @property
    def is_silent(self) -> bool:
        """A mutant may compute for ever without letting anybody else, the deadline included, have a turn."""
        return time.monotonic() - self.heard > _SILENCE_SECONDS

    def dismissed(self) -> dict[int, Outcome]:
        self.process.kill()
        self.process.join()
        return {} if self.number is None else {self.number: Outcome("timeout")}


def walked(context: Any, business: str, names: Sequence[str], jobs: int) -> Footprints:
    """Which functions every scenario calls; the scenarios are shared among the processes."""
    footprints: Footprints = {}
    walkers = [started(context, _walk, business, names, start, jobs) for start in range(jobs)]
    for pipe, process in walkers:
        footprints.update(pipe.recv())
        process.join()
    return footprints


def started(context: Any, work: Callable[..., None], *arguments: Any) -> tuple[Connection, Any]:
    """The near end of a pipe to a process that does the work, and the process."""
    near, far = context.Pipe()
    process = context.Process(target=work, args=(far, *arguments), daemon=True)
    process.start()
    far.close()
    return near, process


def _walk(pipe: Any, business: str, names: Sequence[str], start: int, step: int) -> None:
    bench, modules = _seated(business, names)
    marks = [(*target, _calls(place(*target))) for module in modules for target in functions(module)]
    footprints, found = bench.walk(bench.cases[start::step], marks)
    if found.messages:
        raise RuntimeError(f"the unchanged system fails: {found.first_message}")
    pipe.send(footprints)


def _try(pipe: Any, business: str, names: Sequence[str], footprints: Footprints) -> None:
    """Try one mutant after the other until told to stop."""
    bench, _ = _seated(business, names)
    kills: Counter[int] = Counter()
    pipe.send({})
    while (given := pipe.recv()) is not None:
        number, spec = given
        mutant = mutant_of(spec)
        verdict = judge(bench, mutant, footprints, kills, lambda: pipe.send(None)) if mutant else "no mutant"
        pipe.send({number: Outcome(verdict, mutant.line, mutant.key) if mutant else Outcome(verdict)})
    pipe.close()
    os._exit(0)  # a thread may still be spinning in what a mutant made endless


def _seated(business: str, names: Sequence[str]) -> tuple[Bench, list[ModuleType]]:
    logging.disable(logging.CRITICAL)  # mutants raise and warn of whatever they like
    warnings.simplefilter("ignore")
    bench = Bench(Request(root=shipped_root(), businesses=(business,)))
    bench.allow(_DEADLINE_SECONDS)
    return bench, [importlib.import_module(f"kijun.reference.{business}.{name}") for name in names]


def _calls(where: Place) -> Mark:
    return lambda _call: (where,)


def functions(module: ModuleType) -> list[tuple[Any, str]]:
    """Functions and methods written in this module: owner and name."""
    owners = [
        module,
        *(one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__),
    ]
    return [(owner, name) for owner in owners for name, one in vars(owner).items() if _is_written_in(module, one)]


def _is_written_in(module: ModuleType, one: Any) -> bool:
    code = getattr(bare(one), "__code__", None)
    return code is not None and code.co_filename == module.__file__


def judge(
    bench: Bench, mutant: Mutant, footprints: Footprints, kills: Counter[int], tell: Callable[[], None] = lambda: None
) -> str:
    """killed, survived, timeout, or unreached (no scenario calls the changed function).

    The scenarios that have killed most so far, which `kills` counts, are asked first: the mutants that follow are
    neighbours. Then those that do little else. `tell` is called after each.
    """
    module = importlib.import_module(mutant.module)
    changed = ModuleType(mutant.module)
    changed.__dict__.update({"__file__": module.__file__, "__package__": module.__package__})
    try:
        exec(compile(mutant.source, str(module.__file__), "exec"), changed.__dict__)  # noqa: S102 - our own code
    except Exception:  # noqa: BLE001 - a module that cannot be loaded would be noticed by everybody
        return "killed"
    places, undo = put_in(module, changed)
    try:
        if not places:
            return "no mutant"  # another way of writing the same constant
        reached = bench.reached(places, footprints)
        if not reached:
            return "unreached"
        for case in sorted(reached, key=lambda one: (-kills[one.seq], len(footprints[one.seq]))):
            verdict, message = bench.verdict(case)
            tell()
            if "秒以内の応答" in message:
                return "timeout"
            if verdict is not Verdict.PASS:
                kills[case.seq] += 1
                return "killed"
        return "survived"
    finally:
        for step in reversed(undo):
            step()


def put_in(module: ModuleType, changed: ModuleType) -> tuple[set[Place], list[Callable[[], None]]]:
    """Carry over whatever differs into the living module; returns the places touched and how to take it back."""
    places: set[Place] = set()
    undo: list[Callable[[], None]] = []
    for owner, name in functions(module):
        twin = changed if isinstance(owner, ModuleType) else vars(changed)[owner.__name__]
        old, new = bare(getattr(owner, name)), bare(getattr(twin, name))
        if essence(old.__code__) != essence(new.__code__) or old.__defaults__ != new.__defaults__:
            places.add(place(owner, name))
            undo.append(_swap(old, new, getattr(owner, name)))
    for name, value in constants(module):
        twin = vars(changed).get(name)
        if type(twin) is not type(value) or twin != value:
            places.update(place(*one) for one in readers(module, name))
            undo.append(lambda name=name, value=value: setattr(module, name, value))  # type: ignore[misc]  # defaults bind the values of this turn
            setattr(module, name, twin)
    return places, undo


def bare(function: Any) -> Any:
    return getattr(function, "__wrapped__", function)


def _swap(old: Any, new: Any, outer: Any) -> Callable[[], None]:
    before = old.__code__, old.__defaults__
    old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    forget = getattr(outer, "cache_clear", lambda: None)
    forget()

    def back() -> None:
        old.__code__, old.__defaults__ = before
        forget()

    return back


def constants(module: ModuleType) -> Iterable[tuple[str, Any]]:
    plain = (int, str, bool, frozenset, dict, tuple, list, float, date)
    return [(name, one) for name, one in vars(module).items() if not name.startswith("__") and isinstance(one, plain)]


# telling -------------------------------------------------------------------------------------------------


def tell(business: str, outcomes: dict[int, Outcome]) -> int:
    explained = explanations(business)
    known: set[str] = set()
    survivors: dict[str, Outcome] = {}
    for outcome in outcomes.values():
        known.add(outcome.key)
        if outcome.is_survivor:
            survivors[outcome.key] = outcome
    for key, one in sorted(survivors.items(), key=lambda entry: (entry[0].split(":")[0], entry[1].line)):
        print(f"{one.verdict} {one.line} {key}  [{explained.get(key, 'NOT EXPLAINED')}]")
    for key in sorted(explained.keys() & known - survivors.keys()):
        print(f"explained, but killed: {key}")
    total = sum(one.verdict != "no mutant" for one in outcomes.values())
    left = sum(one.is_survivor for one in outcomes.values())
    share = (total - left) / total if total else 0.0
    unexplained = len(survivors.keys() - explained.keys())
    print(f"{total} mutants, {total - left} killed ({share:.1%}), {left} survivors, {unexplained} kinds not explained")
    return 0 if share >= REQUIRED and not unexplained else 1


def explanations(business: str) -> dict[str, str]:
    path = shipped_root() / "tests" / "defects" / business / "survivors.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["survivors"] if path.is_file() else []
    return {row["mutant"]: row["because"] for row in rows}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
