"""Measures `kijun inquiry count`: 1,741 replies to the last edition, made from the real form. `python bench/inquiry.py`

One reply in ten answers every row; the others leave blank what they agree with. An opinion has 120 characters, and one
body in three words it as its neighbours do. `python bench/inquiry.py 200` takes 200 bodies.
"""

from __future__ import annotations

import contextlib
import io
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from inquiries import AGREES, BLANKS, BODY, DAY, FIRST, BlankForm, inquiry_about

from kijun.catalog.editions import last_edition
from kijun.catalog.root import shipped_root
from kijun.cli.main import main as kijun
from kijun.publishing.inquiry.asked import Inquiry

WORDS = ("窓口で聞かれる", "当市では使わない", "帳票の大きさが違う", "条例で別に定めている", "期日が読み取れない")


def write_replies(folder: Path, inquiry: Inquiry, bodies: list[str]) -> int:
    """One workbook a body, in folders by prefecture; bytes in all."""
    blank, codes, rows = BlankForm.of(inquiry), inquiry.codes.codes, len(inquiry.requirements)
    size = 0
    for number, body in enumerate(bodies):
        random = Random(number)
        cells: dict[str, object] = {BODY: body, DAY: date(2026, 11, 24)}
        answered = range(rows) if number % 10 == 0 else sorted(random.sample(range(rows), min(rows, 30)))
        for row in answered:
            code = codes[0] if number % 10 == 0 and random.random() < 0.9 else random.choice(codes[1:])
            cells[f"E{FIRST + row}"] = code.shown
            if code.is_opinion:
                who = "同じ区分の団体" if number % 3 == 0 else body
                cells[f"F{FIRST + row}"] = f"{who}では、{random.choice(WORDS)}ので、{'改めてほしい。' * 14}"
        if number % 10:
            cells[BLANKS] = AGREES
        path = folder / body[:2] / f"{body}_回答.xlsx"
        path.parent.mkdir(exist_ok=True)
        content = blank.filled(cells)
        path.write_bytes(content)
        size += len(content)
    return size


def main(arguments: list[str]) -> None:
    edition = last_edition(shipped_root())
    assert edition is not None
    inquiry = inquiry_about(edition)
    bodies = list(inquiry.asked)[: int(arguments[0]) if arguments else None]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "回答")
        folder.mkdir()
        start = time.perf_counter()
        size = write_replies(folder, inquiry, bodies)
        print(f"{len(bodies)} replies, {size / 1e6:.0f} MB, made in {time.perf_counter() - start:.1f} s")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        wall, busy = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()) as told:
            code = kijun(["inquiry", "count", str(folder), "--out", str(Path(place, "集計"))])
        wall, busy = time.perf_counter() - wall, time.process_time() - busy
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"counted (exit code {code}): {wall:.1f} s, {busy:.1f} s of processor; ", end="")
        print(f"memory {most / 1024:.0f} MB at most, {before / 1024:.0f} MB before")
        for path in sorted(Path(place, "集計").iterdir()):
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
        print(told.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
