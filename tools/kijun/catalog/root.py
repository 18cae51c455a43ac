"""Where the specification lies: in a checkout, inside the wheel, or in a folder of the user's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from kijun.model.errors import ConfigurationError, Position, Problem

_PACKAGE = Path(__file__).resolve().parents[1]
ROOMS = ("requirements", "features", "steps")


def shipped_root() -> Path:
    """The root that came with this program: the wheel's `_spec`, else the checkout (editable install)."""
    packed = _PACKAGE / "_spec"
    return packed if packed.is_dir() else _PACKAGE.parents[1]


def spec_root(chosen: Path | None = None) -> Path:
    """The root to work on: the chosen folder, else the current one when it has the shape, else the shipped one.

    Raises ConfigurationError for a chosen folder that holds no specification.
    """
    if chosen is not None:
        if not (chosen / "requirements").is_dir():
            told = "仕様のフォルダーではありません（requirements/ がありません）。"
            hint = "requirements/ と features/ のあるフォルダーを --spec に指定してください。"
            raise ConfigurationError([Problem(Position.of(chosen), told, hint)])
        return chosen.resolve()
    here = Path.cwd()
    return here if all((here / room).is_dir() for room in ROOMS) else shipped_root()


def phrases_room(root: Path) -> Path:
    """Where the phrases of a root lie; a pack without its own speaks the shipped ones."""
    own = root / "steps"
    return own if own.is_dir() else shipped_root() / "steps"


def suite_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file that decides a verdict, by name in a fixed order: tables, glossary, schemas, features, steps."""
    patterns = ("requirements/**/*.yaml", "requirements/**/*.json", "features/**/*.feature")
    left_out = ("profiles", "systems", "editions", "flows", "import", "kpi", "lint", "scoring", "inquiry.yaml")
    found = {path.relative_to(root): path for pattern in patterns for path in root.glob(pattern)}
    steps = phrases_room(root)
    found |= {path.relative_to(steps.parent): path for path in steps.glob("**/*.py")}
    for name, path in sorted(found.items()):
        if name.parts[0] != "requirements" or name.parts[1] not in left_out:
            yield name.as_posix(), path


def suite_digest(root: Path) -> str:
    """SHA-256 over names and contents of the suite, newline style aside: equal digest, equal judgement."""
    total = hashlib.sha256()
    for name, path in suite_files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()


def vocabulary_digest(root: Path) -> str:
    """SHA-256 over glossary and phrases: what a bound feature depends on besides its own text."""
    total = hashlib.sha256()
    for path in sorted([*root.glob("requirements/glossary/*.yaml"), *phrases_room(root).glob("*.py")]):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
