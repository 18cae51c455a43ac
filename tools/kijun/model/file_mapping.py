"""How a product is driven by files: the content of files.yaml, ready to be used. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kijun.model.api_mapping import Template
from kijun.model.layout import Column


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work of the product: a command, or a file that tells the watcher to begin; and how it ends."""

    command: tuple[Template, ...] = ()
    start: Template | None = None
    lines: tuple[Template, ...] = ()  # of the file that tells it
    end: Template | None = None  # the file that the product writes last; without, the end of the command

    @property
    def is_done_by_somebody(self) -> bool:
        """Whether anything is to be started; a file may also simply lie there."""
        return bool(self.command or self.start)


@dataclass(frozen=True, slots=True)
class Step:
    """Work beside the operations: who the product is, a session opened or closed."""

    job: Job
    reads: Template | None = None  # a file of one row
    keep: Mapping[str, str] = field(default_factory=dict)  # name under `kept` → heading


@dataclass(frozen=True, slots=True)
class Part:
    """A list or a document of a result, in a file of its own."""

    key: str  # `document.list` for a list within a document
    kind: str  # list or document
    columns: tuple[Column, ...]
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class FileOperation:
    """One operation of the glossary as files of the product."""

    key: str
    job: Job
    input: Template
    result: Template
    part: Template
    input_columns: tuple[Column, ...]
    result_columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    outcomes: Mapping[str, str]  # accepted, refused, failed → what stands in the result


@dataclass(frozen=True, slots=True)
class FileMapping:
    """The whole of files.yaml, with the layouts it goes by."""

    isolation: str
    parallel_sessions: int
    clock_control: bool
    identity: Mapping[str, Template]
    identity_step: Step | None
    watcher: tuple[Template, ...]
    opening: tuple[Step, ...]
    closing: tuple[Step, ...]
    reasons: Mapping[str, str]  # the product's reason of refusal → the glossary's
    operations: Mapping[str, FileOperation]
    environment: frozenset[str] = frozenset()  # names of environment variables that are asked for
