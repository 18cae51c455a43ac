"""How a value is written in a scenario, on the wire, and in a message.

A clerk writes 「令和7年度」「平成25年3月」「12,900円」「はい」; a driver hears 2025, "2013-03", 12900, true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from kijun.model.glossary import Glossary, UnknownLabel, Word

# First western year minus one of each era: 令和1 = 2019.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_YEAR = r"(?:(?P<era>明治|大正|昭和|平成|令和)(?P<era_year>元|\d{1,2})|(?P<year>\d{4}))"
_FISCAL_YEAR = re.compile(_YEAR + r"年度")
_YEAR_MONTH = re.compile(_YEAR + r"(?:年(?P<month>\d{1,2})月|-(?P<iso_month>\d{2}))")
_DATE = re.compile(_YEAR + r"(?:年(?P<month>\d{1,2})月(?P<day>\d{1,2})日|-(?P<iso_month>\d{2})-(?P<iso_day>\d{2}))")
_AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)")
FLAGS = {"はい": True, "いいえ": False}

EXPECTED_FORM = {
    "yen": "「12,900円」の形",
    "count": "「3」又は「3件」の形",
    "flag": "「はい」又は「いいえ」",
    "date": "「令和8年4月1日」又は「2026-04-01」の形（暦にある日）",
    "year_month": "「平成25年3月」又は「2013-03」の形",
    "fiscal_year": "「令和8年度」の形",
}


class ValueUnreadable(ValueError):
    """A cell does not have the form its word asks for."""

    def __init__(self, word: Word, text: str, expected: str) -> None:
        super().__init__(f"「{word.label}」の値「{text}」を読めません。{expected}で書いてください。")


def read_value(word: Word, text: str, glossary: Glossary) -> Any:
    """The wire value of a cell. Raises ValueUnreadable, or UnknownLabel for codes, roles and operations."""
    if word.type == "code":
        return _code(word, text)
    if word.type == "role":
        return glossary.role(text).key
    if word.type == "operation":
        return glossary.operation(text).key
    reader = _READERS.get(word.type)
    if reader is None:
        return text
    value = reader(unicodedata.normalize("NFKC", text).strip())
    if value is None:
        raise ValueUnreadable(word, text, EXPECTED_FORM[word.type])
    return value


def read_date(text: str) -> date | None:
    """A day as people write it: 2026-04-01, 2026/4/1, 令和8年4月1日, R8.4.1; None when it is none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\A[Rr](\d{1,2})(?=[./-])", lambda era: str(_ERAS["令和"] + int(era[1])), plain)
    plain = re.sub(r"\A(\d{4})([./-])(\d{1,2})\2(\d{1,2})\Z", r"\1年\3月\4日", plain)
    found = _date(plain)
    return date.fromisoformat(found) if found else None


def show_value(word: Word, value: Any, glossary: Glossary) -> str:
    """The way a person reads a wire value; anything of another form is shown as it came."""
    if value is None:
        return "（空）"
    if word.type == "code":
        return next((label for label, key in word.codes.items() if key == value), str(value))
    if word.type == "yen" and isinstance(value, int):
        return f"{value:,}円"
    if word.type == "flag" and isinstance(value, bool):
        return "はい" if value else "いいえ"
    if word.type == "fiscal_year" and isinstance(value, int):
        return f"令和{value - 2018}年度" if value > 2018 else f"平成{value - 1988}年度"
    if word.type == "operation" and glossary.has_operation_key(str(value)):
        return glossary.operation_of(value).label
    if word.type == "role":
        return next((role.label for role in glossary.roles if role.key == value), str(value))
    return str(value)


def _code(word: Word, text: str) -> str:
    if text not in word.codes:
        raise UnknownLabel(f"「{word.label}」の区分", text, word.codes)
    return word.codes[text]


def _year(found: re.Match[str]) -> int:
    if found["year"]:
        return int(found["year"])
    return _ERAS[found["era"]] + (1 if found["era_year"] == "元" else int(found["era_year"]))


def _fiscal_year(text: str) -> int | None:
    found = _FISCAL_YEAR.fullmatch(text)
    return _year(found) if found else None


def _year_month(text: str) -> str | None:
    found = _YEAR_MONTH.fullmatch(text)
    if not found:
        return None
    month = int(found["month"] or found["iso_month"])
    return f"{_year(found):04}-{month:02}" if 1 <= month <= 12 else None


def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    try:
        return date(
            _year(found), int(found["month"] or found["iso_month"]), int(found["day"] or found["iso_day"])
        ).isoformat()
    except ValueError:
        return None


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


def _amount(unit: str) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        digits = text.removesuffix(unit)
        return int(digits.replace(",", "")) if _AMOUNT.fullmatch(digits) else None

    return read


def _count(text: str) -> int | None:
    return _amount("")(re.sub(r"(件|台|人|cc|回)$", "", text))


_READERS: dict[str, Callable[[str], Any]] = {
    "yen": _amount("円"),
    "count": _count,
    "flag": FLAGS.get,
    "date": _date,
    "year_month": _year_month,
    "fiscal_year": _fiscal_year,
}
