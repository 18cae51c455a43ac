"""Cases that a rule leaves open, where they can be computed: remainders of a check digit, bounds, odd amounts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kijun.model.requirement import Requirement
from kijun.publishing.editorial.findings import Remark

_CHECK_DIGIT = re.compile(r"チェック[・ ]?(?:デジット|ディジット)|検査用?(?:数字|番号|付番)")
_MODULUS = re.compile(r"モジュラス ?(\d{1,3})|(\d{1,3})で(?:除した|割った)(?:余り|剰余)")
_OR = "(?:又は|若しくは|または|か|及び|、|,|・|〜|~|から)"
_REMAINDER = re.compile(rf"(?:余り|剰余)(?:の値)?(?:が|は)?(\d{{1,3}}(?:{_OR}\d{{1,3}})*)(以下)?")
_RESULT = re.compile(
    rf"(?:結果|数字|値|差)(?:が|は)(\d{{1,3}}(?:{_OR}\d{{1,3}})*)(以上)?(?:になる|となる|の場合|のとき|の時)"
)
_BOUND = re.compile(
    r"([0-9,.一-龥々A-Za-z%]+?)(以上|以下|以前|以後|以降|未満|に満たない|を超え|より前|より後|より大き|より小さ)"
)
_INCLUSIVE_ABOVE, _INCLUSIVE_BELOW = {"以上", "以後", "以降"}, {"以下", "以前"}
_ABOVE, _BELOW = {"を超え", "より後", "より大き"}, {"未満", "に満たない", "より前", "より小さ"}
_ROUNDING = re.compile(r"切(?:り)?捨|切(?:り)?上|四捨五入|五捨六入|銀行丸め|合算|に加え")


def remarks(one: Requirement, function: Sequence[Requirement]) -> Iterator[Remark]:
    """Open cases of a row that no row of the same function decides; `function` holds the row itself, too."""
    text = _plain(one.text)
    around = [_plain(other.text) for other in function]
    yield from _remainders(text, around)
    yield from _bounds(text)
    if "端数" in text and not any(_ROUNDING.search(other) for other in around):
        yield Remark(
            "gap", "端数をどう処理するか（切捨て、切上げ、四捨五入、ほかの額への合算）が決まっていません。", ("端数",)
        )


def _remainders(text: str, around: Sequence[str]) -> Iterator[Remark]:
    """Modulus less remainder must be one digit: every remainder for which it is not needs a word."""
    found = _MODULUS.search(text)
    if not found or not _CHECK_DIGIT.search(text):
        return
    modulus = int(found.group(1) or found.group(2))
    decided = {value for other in around for value in _decided(other, modulus)}
    silent = [value for value in range(modulus) if modulus - value > 9 and value not in decided]
    if modulus > 1 and silent:
        values = "、".join(map(str, silent[:5])) + ("など" if len(silent) > 5 else "")
        told = f"法 {modulus} から剰余を引いた数が一桁にならない場合（剰余 {values}）の検査数字が決まっていません。"
        yield Remark("gap", told, (found.group(),))


def _decided(text: str, modulus: int) -> Iterator[int]:
    for found in _REMAINDER.finditer(text):
        values = _numbers(found.group(1))
        yield from range(max(values) + 1) if found.group(2) else values
    for found in _RESULT.finditer(text):
        values = _numbers(found.group(1))
        yield from (modulus - value for value in (range(min(values), modulus + 1) if found.group(2) else values))


def _numbers(words: str) -> list[int]:
    values = [int(one) for one in re.findall(r"\d+", words)]
    is_range = re.search(r"〜|~|から", words) is not None and len(values) == 2
    return list(range(values[0], values[1] + 1)) if is_range else values


def _bounds(text: str) -> Iterator[Remark]:
    """The value itself, when a text speaks of what is below and of what is above, and of nothing between."""
    said = defaultdict[str, dict[str, str]](dict)
    for found in _BOUND.finditer(text):
        value, word = found.groups()
        said[next((one for one in said if _is_same(one, value)), value)][word] = found.group()
    for value, words in said.items():
        kinds = set(words)
        if kinds & _ABOVE and kinds & _BELOW and not kinds & (_INCLUSIVE_ABOVE | _INCLUSIVE_BELOW):
            yield Remark("gap", f"ちょうど「{value}」の場合がどちらにも入りません。", tuple(words.values()))
        elif kinds & _INCLUSIVE_ABOVE and kinds & _INCLUSIVE_BELOW:
            yield Remark("gap", f"ちょうど「{value}」の場合が両方に入ります。", tuple(words.values()))


def _is_same(one: str, other: str) -> bool:
    """The same value, be it called 「税額10万円」 or 「10万円」; a value without a digit has to be named alike."""
    shorter = min(one, other, key=len)
    has_digit = any(char.isdigit() for char in shorter)
    return one == other or (has_digit and one.endswith(shorter) and other.endswith(shorter))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
