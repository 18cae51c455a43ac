"""Days as they stand on paper: by era, year, month and day."""

from __future__ import annotations


def japanese_date(iso: str) -> str:
    """2026-06-01 as 令和8年6月1日 (first days of the eras by 元号を改める政令)."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    if iso[:10] >= "2019-05-01":
        era, first = "令和", 2019
    elif iso[:10] >= "1989-01-08":
        era, first = "平成", 1989
    else:
        return f"{year}年{month}月{day}日"
    number = "元" if year == first else str(year - first + 1)
    return f"{era}{number}年{month}月{day}日"
