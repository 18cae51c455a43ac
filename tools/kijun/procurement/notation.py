"""How people write signs, sums and days into cells, and what these mean."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from kijun.model.bid import Cost, Due

_SAME_SIGNS = {
    **dict.fromkeys("〇○◯⚪⭕", "○"),
    **dict.fromkeys("◎⦾", "◎"),
    **dict.fromkeys("×✕✖╳⨯❌χΧ", "×"),
    **dict.fromkeys("△▲⚠", "△"),
    **dict.fromkeys("－―ー—–‐‑−─━-", "－"),
    **dict.fromkeys("●⬤", "●"),
}
_LOOKALIKES = {"O": "○", "0": "○", "X": "×"}  # keys near the sign: a person has to say that they stand for it
DITTO = ("同左", "同上", "上に同じ", "左に同じ", "〃", "″", "々")


def sign(cell: str) -> str:
    """A code in one spelling: width, case, spaces and the many circles, crosses and dashes of the same meaning."""
    plain = "".join(_SAME_SIGNS.get(char, char) for char in cell)
    folded = unicodedata.normalize("NFKC", plain).upper()
    words = "".join(folded.split())
    return _SAME_SIGNS.get(words, words)


def lookalike(code: str) -> str:
    """The sign that a folded code is often typed for; empty when it resembles none."""
    return _LOOKALIKES.get(code, "")


def is_ditto(cell: str) -> bool:
    """Whether a cell refers to another one instead of answering."""
    return "".join(cell.split()) in DITTO


# sums ---------------------------------------------------------------------------------------------------

_UNITS = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
_SUM = re.compile(r"[約¥\\]*(-?[\d,]+(?:\.\d+)?)(円|千円|万円|百万円|億円)?(?:\(税[抜込別]\)|税[抜込別])?")
_INCLUDED = ("込み", "込", "無償", "無料", "標準に含む", "本体に含む", "費用に含む", "含む", "なし", "無し", "－")
_APART = ("別途", "別途見積", "別見積", "要見積", "要相談", "応相談", "未定", "?")


def cost(cell: str, unit: str = "円") -> Cost | None:
    """A sum in yen. `unit` is that of the column's heading; a unit in the cell is stronger. None for an empty cell."""
    words = "".join(unicodedata.normalize("NFKC", cell).split())
    if not words:
        return None
    words = _SAME_SIGNS.get(words, words)
    if found := _SUM.fullmatch(words):
        own = found[2] or unit
        yen = Decimal(found[1].replace(",", "")) * _UNITS[own]
        if yen < 0 or yen != yen.to_integral_value():
            return Cost(None, cell, "金額として読めません。")
        return Cost(int(yen), cell, "" if found[2] or unit == "円" else f"見出しの単位（{unit}）で読みました。")
    if words in _INCLUDED:
        return Cost(0, cell, f"「{words}」を 0 円と読みました。")
    if words in _APART:
        return Cost(None, cell, f"「{words}」は金額ではありません。")
    return Cost(None, cell, "金額として読めません。")


def in_unit(yen: int, unit: str) -> int | str:
    """A sum as a column with this unit holds it; with a unit of its own where that makes no whole number."""
    whole, rest = divmod(yen, _UNITS[unit])
    return f"{yen:,}円" if rest else whole


# days ---------------------------------------------------------------------------------------------------

_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925, "西暦": 0, "": 0}
_LAST_YEARS = {"平成": 31, "H": 31, "昭和": 64, "S": 64}
_YEAR = r"(?P<era>令和|平成|昭和|西暦|[RHS]|)(?P<year>\d{1,4}|元)"
_END = r"(?P<end>末日?|まで|中|迄)*"
_DAY = re.compile(_YEAR + r"[年/.\-](?P<month>\d{1,2})[月/.\-](?P<day>\d{1,2})日?" + _END)
_MONTH = re.compile(_YEAR + r"[年/.\-](?P<month>\d{1,2})月?" + _END)
_FISCAL = re.compile(_YEAR + r"年度" + r"(?:第?(?P<quarter>[1-4])四半期|(?P<half>[上下])半?期|)" + _END)
_SERIAL = re.compile(r"[3-7]\d{4}")
_SERIAL_START = date(1899, 12, 30)  # of the spreadsheet programs' day numbers


def due(cell: str) -> Due | None:
    """The last day that a promise allows: 3月末, 年度中 and quarters mean their ends. None for an empty cell."""
    words = "".join(unicodedata.normalize("NFKC", cell).split()).replace("ー", "-")
    if not words:
        return None
    for form, reading in _FORMS:
        if found := form.fullmatch(words):
            return _read(found, reading, cell)
    return Due(None, cell, "日付として読めません。")


def _read(found: re.Match[str], reading: Callable[[re.Match[str]], date], cell: str) -> Due:
    try:
        day = reading(found)
    except (ValueError, OverflowError):
        return Due(None, cell, "ありえない日付です。")
    groups = found.groupdict()
    era, year = groups.get("era") or "", groups.get("year") or "0"
    if not found.re.groups:
        return Due(day, cell, f"表計算の日付の番号（{day}）と読みました。")
    if era in _LAST_YEARS and year != "元" and int(year) > _LAST_YEARS[era]:
        return Due(day, cell, f"終わった元号です。西暦 {day.year} 年と読みました。")
    return Due(day, cell)


def _year(found: re.Match[str]) -> int:
    """Raises ValueError for a year that no era and no calendar knows, such as 「8年」."""
    number = 1 if found["year"] == "元" else int(found["year"])
    year = _ERAS[found["era"]] + number
    if not 1900 <= year <= 2200:
        raise ValueError(found["year"])
    return year


def _last_day_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _of_fiscal_year(found: re.Match[str]) -> date:
    """The end of a fiscal year (31 March of the next), of its quarter or of its half."""
    year = _year(found)
    months = {"1": 6, "2": 9, "3": 12, "4": 15, "上": 9, "下": 15}[found["quarter"] or found["half"] or "4"]
    return _last_day_of(year + (months > 12), months - 12 * (months > 12))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date]], ...] = (
    (_DAY, lambda found: date(_year(found), int(found["month"]), int(found["day"]))),
    (_MONTH, lambda found: _last_day_of(_year(found), _checked(int(found["month"])))),
    (_FISCAL, _of_fiscal_year),
    (_SERIAL, lambda found: _SERIAL_START + timedelta(days=int(found[0]))),
)


def _checked(month: int) -> int:
    """Raises ValueError for a month that no year has."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return month
