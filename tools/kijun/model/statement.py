"""What a vendor declares: the implementation conformance statement, and how its system is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kijun.model.api_mapping import ApiMapping
from kijun.model.file_mapping import FileMapping
from kijun.model.screen_mapping import ScreenMapping


class Answer(StrEnum):
    """One cell of the ICS. Unanswered is never "no"."""

    YES = "yes"
    NO = "no"
    PLANNED = "planned"
    UNANSWERED = "unanswered"

    @property
    def label(self) -> str:
        return {"yes": "実装", "no": "未実装", "planned": "予定", "unanswered": "無回答"}[self.value]


@dataclass(frozen=True, slots=True)
class ImplementationConformanceStatement:
    """The vendor's answer to every requirement of the editions it names."""

    editions: Mapping[str, str]  # business → edition
    answers: Mapping[str, Answer]
    due: Mapping[str, str] = field(default_factory=dict)

    def answer(self, requirement_id: str) -> Answer:
        return self.answers.get(requirement_id, Answer.UNANSWERED)


@dataclass(frozen=True, slots=True)
class SystemUnderTest:
    """sut.yaml: which driver speaks to the system, and what that driver needs to know (IXIT)."""

    folder: Path
    driver: str  # name of an entry point, or "stdio", "http", "mapping", "browser", "files"
    command: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    deadlines: Mapping[str, float] = field(default_factory=dict)  # operation → seconds, beside the glossary's
    sessions: int | None = None  # fewer parallel sessions than the driver allows
    memory_megabytes: int = 4096  # that a driver of the transport "stdio" may use
    mapping: ApiMapping | FileMapping | ScreenMapping | None = None  # of the drivers of the same names
