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
import copy
import importlib
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, cached_property
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_VARARGS, CO_VARKEYWORDS
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import yaml
from cosmic_ray import plugins
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import mutate_code

from kijun.catalog.root import shipped_root
from kijun.engine.impact import Place, place
from kijun.engine.prove import Bench, Footprints
from kijun.engine.setup import Request
from kijun.model.verdict import Fault, Verdict

REQUIRED = 0.95
# what holds no rule: routes, forms, tables, pages, and the words printed on paper
NOT_RULES = ("__init__", "api", "forms", "records", "documents", "printing", "screens")
_REFERENCE = "kijun.reference"
_DEADLINE_SECONDS = 5.0
_SEATING_SECONDS = 120.0
_SILENCE_SECONDS = 20.0


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
    specs = list(dict.fromkeys(one for name in names for one in specs_of(f"{_REFERENCE}.{asked.business}.{name}")))
    walk = walked(asked.business, asked.jobs)
    return tell(asked.business, run(asked.business, names, specs, walk, asked.jobs))


def rule_modules(business: str) -> list[str]:
    folder = shipped_root() / "tools" / "kijun" / "reference" / business
    stems = sorted(path.stem for path in folder.glob("*.py"))
    return [
        stem
        for stem in stems
        if stem not in NOT_RULES and not stem.endswith(("_api", "_records", "_forms", "_screens"))
    ]


# making mutants ------------------------------------------------------------------------------------------


def specs_of(name: str) -> Iterator[Spec]:
    """Every place where an operator can change the module."""
    tree = get_ast(source_of(name))  # only counted, never changed
    for operator in operator_names():
        places = counted(tree, plugins.get_operator(operator)())
        yield from (Spec(name, operator, occurrence) for occurrence in range(places))


def counted(node: Any, operator: Any) -> int:
    own = sum(1 for _ in operator.mutation_positions(node))
    return own + sum(counted(child, operator) for child in getattr(node, "children", ()))


@cache
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
    """The mutant, or None when the change alters nothing that runs: an annotation, a docstring, a table."""
    source = source_of(spec.module)
    changed = mutate_code(source, plugins.get_operator(spec.operator)(), spec.occurrence)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        if changed is None or compiled(changed, spec.module) in (None, compiled(source, spec.module)):
            return None
    if orders_what_has_no_order(ast.parse(source), ast.parse(changed)):
        return None
    return described(spec.module, source, changed)


@cache
def compiled(source: str, name: str) -> Any:
    """What the module does, to compare, without lines, annotations, decorators, tables; None if it does not compile."""
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
        bare_class = without_columns(node) if is_table(node) else node
        bare_class.decorator_list = []
        self.generic_visit(bare_class)
        return bare_class

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        self.generic_visit(node)
        return node


def is_table(node: ast.stmt) -> bool:
    """Whether this is the class of a database table."""
    names = (target for one in getattr(node, "body", ()) if isinstance(one, ast.Assign) for target in one.targets)
    return isinstance(node, ast.ClassDef) and any(getattr(name, "id", "") == "__tablename__" for name in names)


def without_columns(node: ast.ClassDef) -> ast.ClassDef:
    """The functions of a table's class, in a plain class of the same name: a database knows a table only once."""
    own = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    plain = ast.ClassDef(node.name, [], [], own or [ast.Pass()], [])
    return ast.fix_missing_locations(ast.copy_location(plain, node))


def essence(code: CodeType) -> tuple[Any, ...]:
    constants = tuple(essence(one) if isinstance(one, CodeType) else (type(one), one) for one in code.co_consts)
    return (code.co_code, constants, code.co_names, code.co_varnames)


def described(module: str, source: str, changed: str) -> Mutant:
    pairs = enumerate(zip(source.split("\n"), changed.split("\n"), strict=False), start=1)
    line, (before, after) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    return Mutant(module, line, before.strip(), after.strip(), changed)


# running them --------------------------------------------------------------------------------------------


def run(business: str, names: Sequence[str], specs: Sequence[Spec], walk: Walk, jobs: int) -> dict[int, Outcome]:
    """What became of every change, by its place. A process that a mutant spoils or silences makes room for another.

    Who does not answer is asked a second time, of a fresh process: the machine may have been busy.
    """
    left = deque(enumerate(specs))
    outcomes: dict[int, Outcome] = {}
    suspects: set[int] = set()
    workers: list[Worker] = []
    while len(outcomes) < len(specs):
        while len(workers) < min(jobs, len(specs) - len(outcomes)):
            workers.append(Worker(*started(_try, business, names, walk)))
        ready = wait([one.pipe for one in workers], timeout=1.0)
        for worker in list(workers):
            told = worker.hear(left) if worker.pipe in ready else {}
            if worker.has_left or worker.is_silent:
                told |= worker.dismissed()
                workers.remove(worker)
            for number, outcome in told.items():
                if outcome.verdict == "timeout" and number not in suspects:
                    suspects.add(number)
                    left.append((number, specs[number]))
                else:
                    outcomes[number] = outcome
        sys.stderr.write(f"\r{len(outcomes)}/{len(specs)}")
    sys.stderr.write("\n")
    for worker in workers:
        worker.dismissed()
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
        except (EOFError, OSError):
            self.has_left = True
            return {}
        if told is None:
            return {}
        is_spoilt = any(one.verdict == "timeout" for one in told.values())
        following = left.popleft() if left and not is_spoilt else None
        self.number = following[0] if following else None
        try:
            self.pipe.send(following)
        except OSError:  # it has died since
            self.has_left = True
        return told

    @property
    def is_silent(self) -> bool:
        """A mutant may compute for ever without letting anybody else, the deadline included, have a turn."""
        return time.monotonic() - self.heard > (_SEATING_SECONDS if self.number is None else _SILENCE_SECONDS)

    def dismissed(self) -> dict[int, Outcome]:
        self.process.kill()
        self.process.join()
        return {} if self.number is None else {self.number: Outcome("timeout")}


def walked(business: str, jobs: int) -> Walk:
    """What every scenario calls in the unchanged system; the scenarios are shared among the processes."""
    walk = Walk({})
    walkers = [started(_walk, business, start, jobs) for start in range(jobs)]
    for pipe, process in walkers:
        walk.made.update(pipe.recv().made)
        process.join()
    return walk


def started(work: Callable[..., None], *arguments: Any) -> tuple[Connection, Any]:
    """The near end of a pipe to a process that does the work, and the process."""
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=work, args=(far, *arguments), daemon=True)
    process.start()
    far.close()
    return near, process


def rooms(package: str) -> list[ModuleType]:
    """The loaded modules of a package."""
    loaded = [one for name, one in list(sys.modules.items()) if name == package or name.startswith(f"{package}.")]
    return [one for one in loaded if getattr(one, "__file__", None)]


def _walk(pipe: Any, business: str, start: int, step: int) -> None:
    steps, walk = Steps(f"{_REFERENCE}.{business}"), Walk({})
    threading.settrace(steps)  # before the threads of the system are there
    bench = _seated(business, ())
    own = rooms(f"{_REFERENCE}.{business}")
    remembering = [one for module in own for _, _, one in functions(module) if hasattr(one, "cache_clear")]
    for case in bench.cases[start::step]:
        for function in remembering:
            function.cache_clear()
        verdict, message = bench.verdict(case)
        if verdict is not Verdict.PASS:
            raise RuntimeError(f"the unchanged system fails: {message}")
        walk.made[case.seq] = steps.swept()
    pipe.send(walk)


def _try(pipe: Any, business: str, names: Sequence[str], walk: Walk) -> None:
    """Try one mutant after the other until told to stop."""
    bench = _seated(business, names)
    kills: Counter[int] = Counter()
    pipe.send({})
    while (given := pipe.recv()) is not None:
        number, spec = given
        mutant = mutant_of(spec)
        verdict = judge(bench, mutant, walk, kills, lambda: pipe.send(None)) if mutant else "no mutant"
        pipe.send({number: Outcome(verdict, mutant.line, mutant.key) if mutant else Outcome(verdict)})
    pipe.close()
    os._exit(0)  # a thread may still be spinning in what a mutant made endless


def _seated(business: str, names: Sequence[str]) -> Bench:
    logging.disable(logging.CRITICAL)  # mutants raise and warn of whatever they like
    warnings.simplefilter("ignore")
    bench = Bench(Request(root=shipped_root(), businesses=(business,)))
    bench.allow(_DEADLINE_SECONDS)
    for name in names:
        module = importlib.import_module(f"{_REFERENCE}.{business}.{name}")
        loaded_again(module, source_of(module.__name__))  # or every mutant of it would pass for one that cannot load
    return bench


def judge(
    bench: Bench, mutant: Mutant, walk: Walk, kills: Counter[int], tell: Callable[[], None] = lambda: None
) -> str:
    """killed, survived, timeout, or unreached (no scenario calls the changed function).

    Only scenarios are run in which the change makes a difference. Those that have killed most so far, which `kills`
    counts, come first: the mutants that follow are neighbours. Then those that do little else. `tell` is called after
    each.
    """
    module = importlib.import_module(mutant.module)
    try:
        changed = loaded_again(module, mutant.source)
    except Exception:  # noqa: BLE001 - a module that cannot be loaded would be noticed by everybody
        return "killed"
    places, undo = put_in(module, changed)
    try:
        reached = bench.reached(places, walk.footprints)
        if not reached:
            return "unreached"
        noticing = walk.noticing(places, [case.seq for case in reached])
        concerned = [case for case in reached if case.seq in noticing]
        for case in sorted(concerned, key=lambda one: (-kills[one.seq], len(walk.footprints[one.seq]))):
            tell()
            verdict, fault, _ = bench.outcome(case)
            if fault is Fault.ENVIRONMENT:
                return "timeout"
            if verdict is not Verdict.PASS:
                kills[case.seq] += 1
                return "killed"
        return "survived"
    finally:
        for step in reversed(undo):
            step()


# where a change can make a difference --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a rule, which can be repeated. All but the place is pickled."""

    place: Place
    arguments: bytes  # name → value
    answer: bytes
    after: bytes  # the arguments when it was answered

    def is_answered_alike(self, function: Callable[..., Any]) -> bool:
        """Whether it is answered as it was, and the arguments are left as they were."""
        given = pickle.loads(self.arguments)  # noqa: S301 - our own bytes
        try:
            answer = function(**given)
        except Exception:  # noqa: BLE001 - it was answered without
            return False
        return alike(pickle.loads(self.answer), answer) and alike(pickle.loads(self.after), given)  # noqa: S301


@dataclass(frozen=True)
class Walk:
    """What every scenario calls in the unchanged system: case by its place in the plan → place → calls of it.

    None stands for calls that cannot be repeated: who asks the database is not given everything it goes by.
    """

    made: dict[int, dict[Place, frozenset[Call] | None]]

    @cached_property
    def footprints(self) -> Footprints:
        return {case: frozenset(made) for case, made in self.made.items()}

    def noticing(self, places: set[Place], cases: Iterable[int]) -> set[int]:
        """Those of the cases that a change now made at these places can matter to: not every call is answered alike."""
        rules = {
            place(owner, name): bare(one) for module in rooms(_REFERENCE) for owner, name, one in functions(module)
        }
        answered: dict[Call, bool] = {}

        def is_alike(one: Call) -> bool:
            if one not in answered:
                answered[one] = one.is_answered_alike(rules[one.place])
            return answered[one]

        def is_silent(calls: frozenset[Call] | None) -> bool:
            return calls is not None and all(map(is_alike, calls))

        with time_limit(_DEADLINE_SECONDS):
            return {case for case in cases if not all(is_silent(self.made[case].get(one, _NONE)) for one in places)}
        return set(cases)


_NONE: frozenset[Call] = frozenset()


class Late(BaseException):
    """Not an Exception: no rule catches it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Leaves the block when it has taken this long."""

    def late(*_: Any) -> None:
        raise Late

    former = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Late:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


class Steps:
    """Notes which functions of the reference system are called, in whatever thread and by whatever name."""

    def __init__(self, rules: str) -> None:
        self._rules = rules  # the package whose calls are noted with what was asked and answered
        self._places: dict[CodeType, Place] = {}
        self._seen: dict[Place, set[Call] | None] = {}
        self._known: dict[Call, Call] = {}

    def swept(self) -> dict[Place, frozenset[Call] | None]:
        """The calls since the last time."""
        seen, self._seen = self._seen, {}
        return {place: None if calls is None else frozenset(calls) for place, calls in seen.items()}

    def __call__(self, frame: FrameType, *_: Any) -> Any:
        """What Python tells of every call."""
        place = self._place(frame.f_code)
        if not place:
            return None
        given = _given(frame) if place.startswith(f"{self._rules}.") else None
        before = None if given is None else _pickled(given)
        if given is None or before is None:
            self._seen[place] = None
            return None
        frame.f_trace_lines = False

        def follow(_: FrameType, event: str, answer: Any) -> Any:
            if event == "return":
                self._note(place, before, _pickled(answer), _pickled(given))
            elif event == "exception":
                self._seen[place] = None
            return follow

        return follow

    def _note(self, place: Place, before: bytes, answer: bytes | None, after: bytes | None) -> None:
        calls = self._seen.setdefault(place, set())
        if answer is None or after is None:
            self._seen[place] = None
        elif calls is not None:
            call = Call(place, before, answer, after)
            calls.add(self._known.setdefault(call, call))

    def _place(self, code: CodeType) -> Place:
        """Empty for what is no function of the reference system, or is written inside one."""
        if code not in self._places:
            names = {str(module.__file__): module.__name__ for module in rooms(_REFERENCE)}
            is_ours = code.co_filename in names and "<" not in code.co_qualname
            self._places[code] = f"{names[code.co_filename]}.{code.co_qualname}" if is_ours else ""
        return self._places[code]


def _given(frame: FrameType) -> dict[str, Any] | None:
    """The arguments by name; None for what is not asked and answered once."""
    code = frame.f_code
    if code.co_flags & (CO_VARARGS | CO_VARKEYWORDS | CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR):
        return None
    return {name: frame.f_locals[name] for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]}


def _pickled(value: Any) -> bytes | None:
    try:
        return pickle.dumps(value)
    except Exception:  # noqa: BLE001 - what is bound to a database or a thread
        return None


# putting one in ------------------------------------------------------------------------------------------


def loaded_again(module: ModuleType, source: str) -> ModuleType:
    """A second module from changed source, beside the living one. The tables are the living ones."""
    again = ModuleType(module.__name__)
    again.__dict__.update({"__file__": module.__file__, "__package__": module.__package__})
    tree = ast.parse(source)
    tables = [one for one in tree.body if isinstance(one, ast.ClassDef) and is_table(one)]
    again.__dict__.update({one.name: vars(module)[one.name] for one in tables})
    for body in ([one for one in tree.body if one not in tables], [_future(tree), *map(without_columns, tables)]):
        exec(compile(ast.Module(body, []), str(module.__file__), "exec", dont_inherit=True), again.__dict__)  # noqa: S102 - our own code
    return again


def _future(tree: ast.Module) -> ast.stmt:
    return next(one for one in tree.body if isinstance(one, ast.ImportFrom) and one.module == "__future__")


def put_in(module: ModuleType, changed: ModuleType) -> tuple[set[Place], list[Callable[[], None]]]:
    """Carry over whatever differs into the living module; returns the places touched and how to take it back."""
    places: set[Place] = set()
    undo: list[Callable[[], None]] = []
    for owner, name, outer in functions(module):
        twin = changed if isinstance(owner, ModuleType) else vars(changed)[owner.__name__]
        old, new = bare(outer), bare(vars(twin)[name])
        if essence(old.__code__) != essence(new.__code__) or not alike(old.__defaults__, new.__defaults__):
            places.add(place(owner, name))
            undo.append(_swap(old, new, outer))
    for one in classes(module):
        old, new = one.__init__, vars(changed)[one.__name__].__init__
        if is_dataclass(one) and not alike(old.__defaults__, new.__defaults__):
            places.update(readers(module, one.__name__))
            undo.append(_default(old, new.__defaults__))
    for name, value in constants(module):
        twin = vars(changed).get(name)
        if not alike(value, twin):
            places.update(readers(module, name))
            undo.extend(_rename(holder, alias, at_home(twin, module)) for holder, alias in holders(module, name))
    return places, undo


def functions(module: ModuleType) -> list[tuple[Any, str, Any]]:
    """Functions, methods and properties written in this module: owner, name, and what stands there."""
    owners = [module, *classes(module)]
    return [(owner, name, one) for owner in owners for name, one in vars(owner).items() if _is_written_in(module, one)]


def classes(module: ModuleType) -> list[type[Any]]:
    return [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]


def _is_written_in(module: ModuleType, one: Any) -> bool:
    code = getattr(bare(one), "__code__", None)
    return code is not None and code.co_filename == module.__file__


def bare(one: Any) -> Any:
    """The function as it was written, without what a decorator made of it."""
    if isinstance(one, property):
        return one.fget
    if isinstance(one, cached_property):
        return one.func
    return getattr(one, "__wrapped__", one)


def _swap(old: Any, new: Any, outer: Any) -> Callable[[], None]:
    before = old.__code__, old.__defaults__
    old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    forget = getattr(outer, "cache_clear", lambda: None)
    forget()

    def back() -> None:
        old.__code__, old.__defaults__ = before
        forget()

    return back


def _default(function: Any, values: Any) -> Callable[[], None]:
    before = function.__defaults__
    function.__defaults__ = values
    return lambda: setattr(function, "__defaults__", before)


def _rename(holder: ModuleType, name: str, value: Any) -> Callable[[], None]:
    before = vars(holder)[name]
    setattr(holder, name, value)
    return lambda: setattr(holder, name, before)


def constants(module: ModuleType) -> Iterable[tuple[str, Any]]:
    plain = (int, str, bool, frozenset, dict, tuple, list, float, date)
    return [
        (name, one)
        for name, one in vars(module).items()
        if not name.startswith("__") and (isinstance(one, plain) or (is_dataclass(one) and not isinstance(one, type)))
    ]


def alike(one: Any, other: Any) -> bool:
    """Whether two values of twin modules are the same; functions and classes are when they bear the same name."""
    if isinstance(one, type | FunctionType):
        return getattr(other, "__qualname__", None) == one.__qualname__
    if type(one).__qualname__ != type(other).__qualname__:
        return False
    if is_dataclass(one):
        return all(alike(getattr(one, name.name), getattr(other, name.name)) for name in fields(one))
    if isinstance(one, Mapping):
        return list(one) == list(other) and alike(list(one.values()), list(other.values()))
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


def at_home(value: Any, module: ModuleType) -> Any:
    """A value of the changed module as one of the living module's own class."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return vars(module)[type(value).__name__](
        **{one.name: copy.copy(getattr(value, one.name)) for one in fields(value)}
    )


def readers(module: ModuleType, name: str) -> set[Place]:
    """The functions of the whole package that mention a name, or the name that it was imported by."""
    names = {name, *(alias for _, alias in holders(module, name))}
    return {
        place(owner, function)
        for other in rooms(_package(module))
        for owner, function, one in functions(other)
        if not names.isdisjoint(_mentioned(bare(one).__code__))
    }


def _package(module: ModuleType) -> str:
    return ".".join(module.__name__.split(".")[:2])


def _mentioned(code: CodeType) -> set[str]:
    inner = (one for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*map(_mentioned, inner))


def holders(module: ModuleType, name: str) -> list[tuple[ModuleType, str]]:
    """Where a constant is known, and by which name: in its module and in those that import it from there."""
    wanted = (module.__name__, name)
    found = [
        (other, alias)
        for other in rooms(_package(module))
        for source, original, alias in _imported(other)
        if (source, original) == wanted
    ]
    return [(module, name), *found]


@cache
def _imported(module: ModuleType) -> list[tuple[str, str, str]]:
    """Every `from module import name as alias` of a module."""
    tree = ast.parse(source_of(module.__name__))
    found = (one for one in tree.body if isinstance(one, ast.ImportFrom))
    return [(str(one.module), name.name, name.asname or name.name) for one in found for name in one.names]


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
