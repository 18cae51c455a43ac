"""A whole municipality: how long the yearly assessment of many vehicles takes, and how much memory.

python bench/municipality.py            # 100,000 vehicles
python bench/municipality.py 20000
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from kijun.reference.app import create_app
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import (
    assessment,
    dispatching,
    forms,
    ledger_api,
    levy_api,
    levy_check,
    notices,
    rates,
    statistics,
)
from kijun.reference.light_vehicle_tax.ledger import STATE_COLUMNS
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import Store, Taxpayer, open_tenant

FISCAL_YEAR = 2026
REGISTRATIONS = 100
_PORTION = 5000


def main(vehicles: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(f"sqlite:///{Path(folder) / 'municipality.sqlite'}")
        print(f"| work, {vehicles:,} vehicles | wall s | CPU s | came to |\n|---|---|---|---|")
        for name, wall, cpu, told in measured(app.state.store, vehicles):
            print(f"| {name} | {wall:.1f} | {cpu:.1f} | {told} |")
        print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        app.state.store.close()


def measured(store: Store, vehicles: int) -> Iterator[tuple[str, float, float, str]]:
    """Name, wall and CPU seconds of each piece of work, and what it came to."""
    with store.transaction() as session:
        tenant = open_tenant(session, "992011", "general_city", date(FISCAL_YEAR, 4, 10))
    for name, work in PIECES.items():
        wall, cpu = time.perf_counter(), time.process_time()
        with store.transaction() as session:
            told = work(Desk(session, tenant.id, "assessor", date(FISCAL_YEAR, 4, 10)), vehicles)
        yield name, time.perf_counter() - wall, time.process_time() - cpu, told


def fill(desk: Desk, vehicles: int) -> str:
    """Synthetic taxpayers and vehicles; the same every time."""
    drawn = random.Random(f"{vehicles}")
    kinds = sorted(rates.data()["classes"])
    for start in range(0, vehicles, _PORTION):
        numbers = range(start + 1, min(start + _PORTION, vehicles) + 1)
        desk.session.execute(insert(Taxpayer), [taxpayer(desk.id, number) for number in numbers])
        desk.session.execute(insert(LedgerEvent), [vehicle(desk.id, number, drawn, kinds) for number in numbers])
    return f"{vehicles:,} vehicles and taxpayers written"


def taxpayer(tenant: str, number: int) -> dict[str, Any]:
    return {
        "tenant": tenant,
        "taxpayer_id": f"{number:09d}",
        "name": f"架空　試験{number:06d}",
        "address": f"架空県見本市見本町{number % 999 + 1}番地",
        "support_measure": number % 1000 == 0,
    }


def vehicle(tenant: str, number: int, drawn: random.Random, kinds: list[str]) -> dict[str, Any]:
    month = f"{drawn.randint(2008, 2025)}-{drawn.randint(1, 12):02d}"
    state: dict[str, Any] = dict.fromkeys(STATE_COLUMNS)
    state.update(
        vehicle_state="registered",
        vehicle_class=drawn.choice(kinds),
        power=drawn.choice(["gasoline", "diesel", "hybrid", "electric"]),
        is_trailer=False,
        first_inspection_month=None if number % 5000 == 0 else month,
        chassis_number=f"KJ-{number:08d}",
        plate_number=f"見本市　き　{number}",
        base_location="架空県見本市見本町1番地",
        acquired_on=date(2025, 6, 1),
        declared_on=date(2025, 6, 2),
        declaration_reason="new",
        declaration_kind="declared",
        ownership_kind="owned",
        owner_taxpayer_id=f"{number:09d}",
        taxpayer_id=f"{number:09d}",
    )
    event = {"history_number": 1, "is_latest": True, "event_kind": "registered", "event_on": date(2025, 6, 1)}
    return {"tenant": tenant, "vehicle_id": f"V{number:08d}", "restores": None, **event, **state}


def assess(desk: Desk, _vehicles: int) -> str:
    added, stopped = assessment.assess_all(desk, FISCAL_YEAR)
    return f"{len(added):,} assessed, {sum(one.tax_amount for one in added):,} yen, {len(stopped)} stopped"


def issue(desk: Desk, _vehicles: int) -> str:
    return f"{notices.issue_notices(desk, FISCAL_YEAR):,} notices"


def total(desk: Desk, _vehicles: int) -> str:
    rows = levy_api.totals(desk, FISCAL_YEAR)
    count, yen = sum(one["count"] for one in rows), sum(one["total_tax"] for one in rows)
    return f"{count:,} in {len(rows)} rows, {yen:,} yen"


def check(desk: Desk, _vehicles: int) -> str:
    found = levy_check.tally(desk, FISCAL_YEAR)
    is_tallied = levy_check.is_tallied(found)
    return f"{levy_check.liable_count(found):,} on the day, {len(found.halted)} halted, tallied: {is_tallied}"


def reconcile(desk: Desk, _vehicles: int) -> str:
    return f"{len(dispatching.reconcile(desk, FISCAL_YEAR))} withdrawn"


def survey(desk: Desk, _vehicles: int) -> str:
    rows = statistics.survey(desk, FISCAL_YEAR)
    return f"{sum(one['ledger_vehicles'] for one in rows):,} in {len(rows)} rows"


def register(desk: Desk, vehicles: int) -> str:
    """What the counter does beside a full ledger; after the day of assessment, so that the levy stays as it is."""
    numbers = [
        ledger_api.register_vehicle(desk, newcomer(vehicles + one))["vehicle_id"] for one in range(REGISTRATIONS)
    ]
    return f"{len(set(numbers))} registered, up to {numbers[-1]}"


def newcomer(number: int) -> forms.NewVehicle:
    return forms.NewVehicle(
        vehicle_class="small_two_wheeler",
        chassis_number=f"KJ-N{number:08d}",
        plate_number=f"見本市　さ　{number}",
        base_location="架空県見本市見本町1番地",
        taxpayer_id=f"{1:09d}",
        acquired_on=date(FISCAL_YEAR, 4, 2),
        declared_on=date(FISCAL_YEAR, 4, 3),
        declaration_reason="new",
    )


PIECES: dict[str, Callable[[Desk, int], str]] = {
    "fill the ledger": fill,
    "当初賦課": assess,
    "納税通知書の作成": issue,
    "調定集計": total,
    "当初賦課の点検": check,
    "納税通知書の突合": reconcile,
    "課税状況の集計": survey,
    "当初賦課, again": assess,
    f"車両の登録, {REGISTRATIONS}": register,
}

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
