"""What can go wrong on our side, and how it is told.

KijunError
├── UsageError            the command line was not understood            exit 4
├── ProblemsFound         one or more places to mend, all told at once   exit 3
│   ├── CatalogError          requirements, glossary, features, steps
│   └── ConfigurationError    profile, statement, system folder, run directory
├── RunStopped            a run that can be resumed (crash, disk, interrupt)  exit 3
└── DriverTrouble         somebody else's system or its driver did not play by the contract
    ├── DriverBroke           died, answered nonsense, answered another question
    ├── ConnectionLost        the system under test cannot be reached any more
    └── DeadlinePassed        no answer within the time allowed

Their failure is a verdict; ours is one of these. The two never mix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where to look: a file, and a line counted from 1 when it is known."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path

    @classmethod
    def of(cls, path: Path | str, line: int = 0) -> Position:
        return cls(str(path), line)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: place, what is wrong, what to do next."""

    at: Position
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.at}: {self.message}" + (f" → {self.hint}" if self.hint else "")


class KijunError(Exception):
    """Root of everything this project raises on purpose."""


class UsageError(KijunError):
    """The command line asks for something that does not exist."""


class ProblemsFound(KijunError):
    """All problems of one reading, sorted by place, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class CatalogError(ProblemsFound):
    """The specification itself (tables, glossary, features, steps) needs mending."""


class ConfigurationError(ProblemsFound):
    """A profile, a statement, a system folder or a run directory needs mending."""


class RunStopped(KijunError):
    """The run could not go on, but everything written so far stands and can be resumed."""


class DriverTrouble(KijunError):
    """The conversation with the driver failed; never the product's failure by itself."""


class DriverBroke(DriverTrouble):
    """The driver broke the contract: malformed, wrong id, unknown reply, gone."""


class ConnectionLost(DriverTrouble):
    """The driver process or the system behind it is gone; a restart may help."""


class DeadlinePassed(DriverTrouble):
    """No answer within the seconds allowed for the operation."""
