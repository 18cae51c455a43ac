"""Which scenarios a change of the system can reach at all: those that call what would be changed.

A defect replaces attributes of modules or classes. A scenario that never calls the replaced function in the
unchanged system behaves the same with the defect in it, so it need not be run again. What is replaced but not called
(a constant) is traced to the functions that read its name.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import Any

from kijun.engine.defects import Defect, Patch

Place = str  # module or class, and attribute


class Scout(Patch):
    """Notes what a defect would replace, and replaces nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[tuple[Any, str]] = []

    def __call__(self, target: Any, name: str, replacement: Any) -> Any:  # noqa: ARG002 - nothing is replaced
        self.targets.append((target, name))
        return getattr(target, name)


def targets_of(defect: Defect) -> list[tuple[Any, str]]:
    """The attributes a defect would replace."""
    scout = Scout()
    defect.seed(scout)
    return scout.targets


class Watch:
    """Stands in front of functions and notes which of them the scenario under way calls."""

    def __init__(self) -> None:
        self._called: set[Place] = set()

    @contextmanager
    def over(self, targets: Iterable[tuple[Any, str]]) -> Iterator[None]:
        """Every call of these functions is noted inside this block. One scenario at a time runs in this process."""
        patch = Patch()
        try:
            for target, name in {(id(t), n): (t, n) for t, n in targets}.values():
                patch(target, name, self._noting(getattr(target, name), place(target, name)))
            yield
        finally:
            patch.undo()

    def take(self) -> frozenset[Place]:
        """What was called since the last time."""
        called, self._called = self._called, set()
        return frozenset(called)

    def _noting(self, function: Callable[..., Any], where: Place) -> Callable[..., Any]:
        @functools.wraps(function)
        def noting(*arguments: Any, **keywords: Any) -> Any:
            self._called.add(where)
            return function(*arguments, **keywords)

        return noting


def place(target: Any, name: str) -> Place:
    bearer = target.__name__ if isinstance(target, ModuleType) else f"{target.__module__}.{target.__qualname__}"
    return f"{bearer}.{name}"


def watched(targets: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """The functions to stand in front of: the targets themselves, or whoever reads a target that is no function."""
    found: list[tuple[Any, str]] = []
    for target, name in targets:
        if isinstance(getattr(target, name), FunctionType):
            found.append((target, name))
        else:
            found.extend(readers(target, name))
    return found


def readers(target: Any, name: str) -> list[tuple[Any, str]]:
    """Module-level functions and methods, in the package of the target, that mention the name."""
    module = target.__name__ if isinstance(target, ModuleType) else target.__module__
    package = ".".join(module.split(".")[:2])
    found: list[tuple[Any, str]] = []
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
