"""Named defects: a suite that has never been seen to fail proves nothing.

A defect changes a few functions of the reference system while it is seeded, names the requirement it breaks, and
must be caught by a scenario of that very requirement.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from kijun.model.errors import ConfigurationError, Position, Problem


class Patch:
    """Replaces attributes of modules or classes and puts them back."""

    def __init__(self) -> None:
        self._undo: list[tuple[Any, str, Any]] = []

    def __call__(self, target: Any, name: str, replacement: Any) -> Any:
        """Replace `target.name`; returns what stood there. Raises AttributeError when nothing stood there."""
        original = getattr(target, name)
        self._undo.append((target, name, original))
        setattr(target, name, replacement)
        return original

    def wrap(self, target: Any, name: str, change: Callable[[Any], Any]) -> None:
        """Replace a function by one that changes its answer."""
        original = getattr(target, name)

        def changed(*arguments: Any, **keywords: Any) -> Any:
            return change(original(*arguments, **keywords))

        self(target, name, changed)

    def undo(self) -> None:
        for target, name, original in reversed(self._undo):
            setattr(target, name, original)
        self._undo.clear()


class Defect:
    """Base of all named defects. The docstring says in Japanese what goes wrong for the municipality."""

    breaks: ClassVar[str]  # requirement id
    incident: ClassVar[str] = ""  # INC-… when municipalities have published it
    business: ClassVar[str] = ""  # set from the file name

    def seed(self, patch: Patch) -> None:
        raise NotImplementedError

    @contextmanager
    def seeded(self) -> Iterator[None]:
        """The defect is in the system inside this block, and only there."""
        patch = Patch()
        try:
            self.seed(patch)
            yield
        finally:
            patch.undo()


def load_defects(root: Path, businesses: tuple[str, ...]) -> list[Defect]:
    """The defects of tests/defects/<business>.py or tests/defects/<business>/*.py, in file order."""
    folder = root / "tests" / "defects"
    found: list[Defect] = []
    for business in businesses:
        files = [folder / f"{business}.py", *sorted((folder / business).glob("*.py"))]
        for path in (one for one in files if one.is_file() and one.name != "__init__.py"):
            found.extend(_defects_of(path, business))
    if not found:
        hint = "チェックアウトした仕様の根で実行してください（欠陥は配布物に含まれません）。"
        raise ConfigurationError([Problem(Position.of(folder), "仕込む欠陥が見つかりません。", hint)])
    if problems := [*_name_problems(found)]:
        raise ConfigurationError(problems)
    return found


def _name_problems(found: list[Defect]) -> Iterator[Problem]:
    """A name is how a defect is asked for and told of: two of one name would hide each other."""
    seen: dict[str, Position] = {}
    for one in found:
        name = type(one).__name__
        at = Position.of(Path(str(sys.modules[type(one).__module__].__file__)))
        if name in seen:
            yield Problem(
                at, f"欠陥の名前「{name}」が重複しています。", f"最初は {seen[name]} です。別の名前にしてください。"
            )
        seen.setdefault(name, at)


def _defects_of(path: Path, business: str) -> Iterator[Defect]:
    module = _imported(path)
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, Defect) and kind.__module__ == module.__name__:
            kind.business = business
            yield kind()


def _imported(path: Path) -> ModuleType:
    name = f"kijun_defects_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ConfigurationError(
            [Problem(Position.of(path), "欠陥のファイルを読めません。", "Python のファイルか確かめてください。")]
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
