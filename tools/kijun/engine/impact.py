"""Which scenarios a change of the system can reach at all: those in which what would be changed makes a difference.

A defect replaces attributes of modules or classes. While the unchanged system is walked through all scenarios, every
call of a function that some defect replaces is seen. A scenario that never calls it behaves the same with the defect
in it, so it need not be run again. Nor need it when every call was one of plain values (numbers, texts, dates, and
collections of them) and the replacement, asked the same beside the real one, gave the same answer.

What is replaced but cannot be called (a constant) is traced to the functions that read its name.
"""

from __future__ import annotations

import copy
import functools
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import Enum
from types import CodeType, FunctionType, ModuleType
from typing import Any

from kijun.engine.defects import Defect, Patch

Place = str  # module or class, and attribute
Target = tuple[Any, str]  # module or class, and the name of an attribute


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute that a defect replaces: by something else, or by an edit of whatever the original answers."""

    target: Any
    name: str
    replacement: Any = None
    edit: Callable[[Any], Any] | None = None

    @property
    def is_of_a_function(self) -> bool:
        return isinstance(getattr(self.target, self.name), FunctionType)


class Scout(Patch):
    """Notes what a defect would replace, and replaces nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[Change] = []

    def __call__(self, target: Any, name: str, replacement: Any) -> Any:
        self.changes.append(Change(target, name, replacement))
        return getattr(target, name)

    def wrap(self, target: Any, name: str, change: Callable[[Any], Any]) -> None:
        self.changes.append(Change(target, name, edit=change))


def changes_of(defect: Defect) -> list[Change]:
    """What a defect would replace."""
    scout = Scout()
    defect.seed(scout)
    return scout.changes


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a function of the unchanged system, and what came of it."""

    function: Callable[..., Any]
    before: Any  # arguments as they were, when they are plain; else None
    after: Any  # the same arguments after the call
    answer: Any  # or the exception

    def is_answered_alike_by(self, change: Change) -> bool:
        """Whether the change would have made no difference here. Only plain values can show that it would not."""
        if change.edit is not None:
            if isinstance(self.answer, BaseException):
                return True  # an edit never sees what was raised
            return _is_plain(self.answer) and _same(
                _outcome(change.edit, ((copy.deepcopy(self.answer),), {})), self.answer
            )
        if self.before is None or not _is_plain(self.answer):
            return False
        given = copy.deepcopy(self.before)
        if change.is_of_a_function:
            answer = _outcome(change.replacement, given)
        else:
            patch = Patch()
            patch(change.target, change.name, change.replacement)
            try:
                answer = _outcome(self.function, given)
            finally:
                patch.undo()
        return _same(answer, self.answer) and given == self.after


def _outcome(function: Callable[..., Any], given: Any) -> Any:
    """What a function answers or raises."""
    try:
        return function(*given[0], **given[1])
    except Exception as error:  # noqa: BLE001 - an exception is an answer too
        return error


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, BaseException) or isinstance(other, BaseException):
        return type(one) is type(other) and vars(one) == vars(other) and one.args == other.args
    return type(one) is type(other) and bool(one == other)


def _is_plain(value: Any) -> bool:
    """Whether two such values can be compared, and nothing but the value itself can be changed through it."""
    if value is None or isinstance(value, str | int | float | date | time | Enum | BaseException):
        return True
    if isinstance(value, Mapping):
        return all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
    if isinstance(value, tuple | list | set | frozenset):
        return all(map(_is_plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return all(_is_plain(getattr(value, one.name)) for one in fields(value))
    return False


Mark = Callable[[Call], Iterable[str]]  # what a call says of the scenario under way


class Watch:
    """Stands in front of functions and notes what their calls in the scenario under way mean."""

    def __init__(self) -> None:
        self._noted: set[str] = set()
        self._is_asking = False

    @contextmanager
    def standing_before(self, marks: Iterable[tuple[Any, str, Mark]]) -> Iterator[None]:
        """Every call of these functions is noted inside this block. One scenario at a time runs in this process."""
        patch = Patch()
        together: dict[tuple[int, str], tuple[Any, str, list[Mark]]] = {}
        for target, name, mark in marks:
            together.setdefault((id(target), name), (target, name, []))[2].append(mark)
        try:
            for target, name, all_marks in together.values():
                patch(target, name, self._noting(getattr(target, name), all_marks))
            yield
        finally:
            patch.undo()

    def swept(self) -> frozenset[str]:
        """What was noted since the last time."""
        noted, self._noted = self._noted, set()
        return frozenset(noted)

    def _noting(self, function: Callable[..., Any], marks: list[Mark]) -> Callable[..., Any]:
        @functools.wraps(function)
        def noting(*arguments: Any, **keywords: Any) -> Any:
            if self._is_asking:  # a replacement that calls on: what it does is no part of the scenario
                return function(*arguments, **keywords)
            given = (arguments, keywords)
            before = copy.deepcopy(given) if _is_plain(given) else None
            answer = _outcome(function, given)
            self._is_asking = True
            try:
                call = Call(function, before, given, answer)
                self._noted.update(note for mark in marks for note in mark(call))
            finally:
                self._is_asking = False
            if isinstance(answer, BaseException):
                raise answer
            return answer

        return noting


def marks_of(defect: Defect, name: str) -> Iterator[tuple[Any, str, Mark]]:
    """Where to stand to see whether this defect makes a difference; the note is its name."""
    for change in changes_of(defect):

        def mark(call: Call, change: Change = change) -> Iterable[str]:
            return () if call.is_answered_alike_by(change) else (name,)

        for target, attribute in watched(change.target, change.name):
            yield target, attribute, mark


def place(target: Any, name: str) -> Place:
    bearer = target.__name__ if isinstance(target, ModuleType) else f"{target.__module__}.{target.__qualname__}"
    return f"{bearer}.{name}"


def watched(target: Any, name: str) -> list[Target]:
    """The functions to stand in front of: the target itself, or whoever reads a target that is no function."""
    return [(target, name)] if isinstance(getattr(target, name), FunctionType) else readers(target, name)


def readers(target: Any, name: str) -> list[Target]:
    """Module-level functions and methods, in the package of the target, that mention the name."""
    module = target.__name__ if isinstance(target, ModuleType) else target.__module__
    package = ".".join(module.split(".")[:2])
    found: list[Target] = []
    for other, loaded in list(sys.modules.items()):
        if other == package or other.startswith(f"{package}."):
            found.extend((bearer, one) for bearer, one, code in _functions(loaded) if name in _names(code))
    return found


def _functions(module: ModuleType) -> Iterator[tuple[Any, str, CodeType]]:
    for bearer in (module, *(one for one in vars(module).values() if isinstance(one, type))):
        for name, one in list(vars(bearer).items()):
            if isinstance(one, FunctionType) and one.__module__ == module.__name__:
                yield bearer, name, one.__code__


def _names(code: CodeType) -> set[str]:
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return set(code.co_names).union(*map(_names, inner))
