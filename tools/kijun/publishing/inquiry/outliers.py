"""What stands out, by rules that can be told in a sentence each.

A body: on how many rows its code differs from the code given most often in its class; it stands out when these are
three times as many as in the middle of its class, and ten rows more.
A row: the share of bodies with an opinion; it stands out when that lies 20 points or more above the middle of all rows.
A class on a row: its share of opinions against that of all other classes, 20 points or more apart either way.
Where fewer than five bodies answered, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from kijun.model.requirement import MunicipalityClass
from kijun.publishing.inquiry.counting import Count, RowCount
from kijun.publishing.inquiry.replies import UNCLEAR

POINTS: Final = 20
FEWEST_BODIES: Final = 5
TIMES: Final = 3
MORE_ROWS: Final = 10
RULES: Final = (
    f"団体: 同じ団体区分で最も多い回答と違う行の数が、区分の中央値の {TIMES} 倍以上で、{MORE_ROWS} 行以上多い団体。",
    f"要件: 意見のある団体の割合が、全ての要件の中央値より {POINTS} ポイント以上高い要件。",
    f"団体区分: 一つの要件で、意見のある団体の割合が、ほかの区分の団体を合わせた割合と {POINTS} ポイント以上違う区分。",
    f"回答した団体が {FEWEST_BODIES} に満たない区分や要件では、外れているとはいいません。",
)


@dataclass(frozen=True, slots=True)
class OddBody:
    """A body that answers otherwise than its class: on `differing` of `answered` rows, `middle` being its median."""

    body: str
    differing: int
    answered: int
    middle: float


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row on which opinions are unusually many, or, with `kind`, unusually many or few in one class."""

    row: str
    kind: MunicipalityClass | None
    share: float
    compared: float


def odd_bodies(count: Count) -> tuple[OddBody, ...]:
    """The farthest first."""
    usual = {kind: _usual(count, kind) for kind in MunicipalityClass}
    found: dict[MunicipalityClass, list[OddBody]] = {kind: [] for kind in MunicipalityClass}
    agreement = count.inquiry.codes.agreement.code
    for body, reply in count.counted.items():
        kind = count.inquiry.bodies[body].kind
        codes = ((row, reply.code_of(row, agreement)) for row in usual[kind])
        given = [(row, code) for row, code in codes if code]
        if given:
            differing = sum(code != usual[kind][row] for row, code in given)
            found[kind].append(OddBody(body, differing, len(given), 0.0))
    return tuple(sorted(_far(found), key=lambda one: (one.middle - one.differing, one.body)))


def _usual(count: Count, kind: MunicipalityClass) -> Mapping[str, str]:
    """Row → the code given most often in a class, for rows that enough bodies of it answered."""
    usual = {}
    for row in count.rows:
        if row.answered(kind) >= FEWEST_BODIES:
            counts = {code: number for code, number in row.counts(kind).items() if code != UNCLEAR}
            usual[row.requirement.id] = min(counts, key=lambda code: (-counts[code], int(code)))
    return usual


def _far(found: Mapping[MunicipalityClass, list[OddBody]]) -> Iterator[OddBody]:
    for bodies in found.values():
        middle = median(one.differing for one in bodies) if bodies else 0.0
        for one in bodies:
            if len(bodies) >= FEWEST_BODIES and one.differing >= max(TIMES * middle, middle + MORE_ROWS):
                yield OddBody(one.body, one.differing, one.answered, middle)


def odd_rows(count: Count) -> tuple[OddRow, ...]:
    """In the order of the table; a row before its classes."""
    agreement = count.inquiry.codes.agreement.code
    rows = [row for row in count.rows if row.answered() >= FEWEST_BODIES]
    shares = {row.requirement.id: share(row.opinions(agreement), row.answered()) for row in rows}
    middle = median(shares.values()) if shares else 0.0
    found = []
    for row in rows:
        name = row.requirement.id
        if shares[name] - middle >= POINTS:
            found.append(OddRow(name, None, shares[name], middle))
        found += _odd_classes(row, agreement)
    return tuple(found)


def _odd_classes(row: RowCount, agreement: str) -> Iterator[OddRow]:
    answered, opinions = row.answered(), row.opinions(agreement)
    for kind in MunicipalityClass:
        own, theirs = row.answered(kind), row.opinions(agreement, kind)
        if own >= FEWEST_BODIES and answered - own >= FEWEST_BODIES:
            here, others = share(theirs, own), share(opinions - theirs, answered - own)
            if abs(here - others) >= POINTS:
                yield OddRow(row.requirement.id, kind, here, others)


def share(part: int, whole: int) -> float:
    """Per cent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0
