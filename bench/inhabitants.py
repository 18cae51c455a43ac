"""A whole municipality: how long the first levy of the inhabitant tax takes for many persons, and how much memory.

python bench/inhabitants.py            # 300,000 persons
python bench/inhabitants.py 20000
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kijun.reference.app import create_app
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import levying
from kijun.reference.individual_inhabitant_tax.levying import Counted
from kijun.reference.individual_inhabitant_tax.records import Circumstance, Dossier, RelativeRow
from kijun.reference.store import Base, Store, Taxpayer, open_tenant, write

FISCAL_YEAR = 2026
TODAY = date(FISCAL_YEAR, 5, 1)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store: Store = create_app(f"sqlite:///{Path(folder) / 'inhabitants.sqlite'}").state.store
        tenant = settle(store, count)
        before = peak()
        wall, cpu = time.perf_counter(), time.process_time()
        done = levy(store, tenant)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{count:,} persons: {done.headcount:,} levied, {done.total:,} yen in all")
        print(f"wall {wall:.1f} s, CPU {cpu:.1f} s, {count / cpu:,.0f} persons a second of CPU")
        print(f"peak memory {before} MB before, {peak()} MB after")
        store.close()


def settle(store: Store, count: int) -> str:
    """A municipality of so many persons, each with a salary; every second with a child. Returns its number."""
    with store.transaction() as session:
        tenant = open_tenant(session, "992011", "general_city", TODAY).id
        for row in rows(tenant, count):
            write(session, row)
    return tenant


def rows(tenant: str, count: int) -> Iterator[Base]:
    draw = random.Random(FISCAL_YEAR)
    for place in range(count):
        person = {"tenant": tenant, "taxpayer_id": f"{place:010d}"}
        of_year = {**person, "fiscal_year": FISCAL_YEAR}
        yield Taxpayer(**person, name=f"架空　試験{place}", address="架空県見本市", support_measure=False)
        yield Circumstance(
            **of_year,
            circumstance_id=f"K{place:08d}",
            birth_date=date(1950 + place % 50, 3, 3),
            disablement="none",
            lone_status="none",
            is_working_student=False,
            receives_public_aid=False,
        )
        if place % 2:
            yield RelativeRow(
                **of_year,
                relative_id=f"F{place:08d}",
                kinship="relative",
                relative_birth_date=date(2008, 5, 5),
                relative_earnings=0,
                disablement="none",
                is_coresident_parent=False,
                is_coresident=True,
                lives_abroad=False,
                studies_abroad=False,
                remitted_sum=0,
                is_kinship_vouched=False,
                is_remittance_vouched=False,
                is_study_vouched=False,
            )
        figures = {"salary_revenue": draw.randrange(12_000_000), "social_premium": 300_000}
        yield Dossier(**of_year, dossier_id=f"S{place:08d}", dossier_kind="salary_report", figures=figures)


def levy(store: Store, tenant: str) -> Counted:
    """The first levy of everybody."""
    with store.transaction() as session:
        desk = Desk(session, tenant, "assessor", TODAY)
        return levying.by_portion(desk, FISCAL_YEAR, levying.first_levy)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
