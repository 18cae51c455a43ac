"""Which rows a demonstration should spend its minutes on, and the script for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kijun.model.requirement import Requirement
from kijun.procurement.comparison import Comparison, Kind, Row

MINUTES = 90
_BASE, _SHORTEST, _LONGEST = (
    2,
    4,
    10,
)  # minutes: to begin with (one more for each step), and for one scene at least and at most
_DISPROVED, _INCIDENT, _DIFFERENT, _UNDECIDED, _UNVERIFIED = 16, 8, 4, 2, 1


@dataclass(frozen=True, slots=True)
class Script:
    """One scenario as it is played: what is entered and done, and what has to be seen; each step with its table."""

    name: str
    requirements: tuple[str, ...]
    data: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One line of the programme: a script, the rows it answers, why they were chosen, and its minutes."""

    rows: tuple[Requirement, ...]
    script: Script
    grounds: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Programme:
    """The scenes in the order in which they are played, and risky rows for which there was no time or no script."""

    scenes: tuple[Scene, ...]
    without_time: tuple[str, ...]
    without_script: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return sum(scene.minutes for scene in self.scenes)


def programme(comparison: Comparison, scripts: Iterable[Script], minutes: int = MINUTES) -> Programme:
    """The riskiest rows first, as many as fit into the minutes; every row is shown once."""
    by_row: dict[str, list[Script]] = {}
    for each in scripts:
        for one in each.requirements:
            by_row.setdefault(one, []).append(each)
    risky = sorted(filter(_points, comparison.rows), key=lambda row: -_points(row))
    rows = {row.requirement.id: row for row in comparison.rows}
    scenes: list[Scene] = []
    shown, late, silent, left = set[str](), list[str](), list[str](), minutes
    for row in risky:
        one = row.requirement.id
        if one in shown:
            continue
        script = min(by_row.get(one, ()), key=_minutes, default=None) or _by_procedure(row.requirement)
        if script is None:
            silent.append(one)
            continue
        needed = _minutes(script)
        if needed > left:
            late.append(one)
            continue
        answered = [rows[name] for name in script.requirements if name in rows and name not in shown]
        scenes.append(Scene(tuple(it.requirement for it in answered), script, _grounds(answered), needed))
        shown.update(it.requirement.id for it in answered)
        left -= needed
    return Programme(tuple(scenes), tuple(late), tuple(silent))


def _by_procedure(one: Requirement) -> Script | None:
    procedure: Sequence[str] = one.row["verification"].get("procedure", ())
    return Script(one.name, (one.id,), tuple(procedure), (one.text,)) if procedure else None


def _minutes(script: Script) -> int:
    return min(max(_BASE + len(script.data) + len(script.expected), _SHORTEST), _LONGEST)


def _points(row: Row) -> int:
    """How much is at stake; nothing for a row that no bidder claims."""
    if not any(cell.answer.is_offered for cell in row.cells):
        return 0
    return sum(points for points, _ in _risks(row))


def _risks(row: Row) -> Iterator[tuple[int, str]]:
    if row.kind is Kind.DISPROVED:
        yield _DISPROVED, "答えと確かめた結果が食い違う"
    if incidents := row.requirement.row.get("incidents"):
        yield _INCIDENT, f"公表された事故に関わる（{'、'.join(incidents)}）"
    if len({cell.standing for cell in row.cells}) > 1:
        yield _DIFFERENT, "事業者によって答えが違う"
    if row.kind is Kind.UNDECIDED:
        yield _UNDECIDED, "答えがないか、矛盾している"
    if not all(cell.is_verified for cell in row.cells):
        yield _UNVERIFIED, "確かめた記録のない事業者がいる"


def _grounds(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(told for row in rows for _, told in _risks(row)))
