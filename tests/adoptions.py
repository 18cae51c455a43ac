"""Made-up data of adoption, whole municipalities by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kijun.catalog.body_registry import BodyRegistry, read_registry
from kijun.catalog.catalog import read_systems
from kijun.catalog.root import shipped_root
from kijun.procurement.adoption import COLUMNS, Adoption, Businesses, read_adoption

REGISTRY: BodyRegistry = read_registry()
SYSTEMS = read_systems(shipped_root())[0]
BUSINESSES = Businesses.of(SYSTEMS)
SLUGS = {
    number: next(s for s, row in SYSTEMS.items() if row.get("standardized_business") == number)
    for number in BUSINESSES.labels
}
CODES = tuple(REGISTRY.counted)

# of one month: bodies complete in one business of the five, bodies complete in all, systems migrated, systems in all
COMPLETE = {"1": 499, "4": 455, "5": 504, "3": 466, "6": 454}
ALL, LIVE, ROWS = 70, 13_283, 34_592


def line(code: str, business: str, stage: str = "構築", steps: int = 30, **more: str) -> dict[str, str]:
    row = {"code": code, "business": business, "stage": stage, "steps": str(steps)}
    return {"prefecture": "", "name": "", "conformance": "none", "as_of": "2026-01-31", **row, **more}


def published_month() -> Iterator[dict[str, str]]:
    """Lines that come to the published counts of January 2026; which body is how far is made up."""
    left_out = {(code, "17") for code in CODES[-(len(CODES) * 20 - ROWS) :]}
    pairs = [(code, number) for code in CODES for number in SLUGS if (code, number) not in left_out]
    for place, (code, number) in enumerate(pairs):
        done = CODES.index(code) < COMPLETE.get(number, ALL)
        yield line(code, SLUGS[number], "稼働" if place < LIVE else "構築", 40 if done else 30)


def written(
    path: Path, rows: Iterable[dict[str, str]], columns: Sequence[str] = COLUMNS, encoding: str = "utf-8"
) -> Path:
    text = ",".join(columns) + "\n" + "".join(",".join(row[one] for one in columns) + "\n" for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path) -> Adoption:
    return read_adoption(path, REGISTRY, BUSINESSES)
