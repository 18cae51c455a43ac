"""What a person answers, read the same way from the terminal, the page and the sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kijun.attesting.evidence import EvidenceFile, Unacceptable
from kijun.model.personal_number import personal_numbers_in
from kijun.model.values import read_date

LATER = "later"
VERDICTS = {"pass": "適合", "fail": "不適合", LATER: "後で"}
_WORDS = {
    **{label: value for value, label in VERDICTS.items()},
    **{str(number): value for number, value in enumerate(VERDICTS, start=1)},
    **{value: value for value in VERDICTS},
    "○": "pass",
    "×": "fail",
}
_MOST_YEARS = 10
_DATE_FORM = "「2026-11-24」「2026/11/24」「令和8年11月24日」のいずれかの形で書いてください。"
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Attestation:
    """One word of an office about one requirement. `verdict` is pass or fail."""

    requirement: str
    verdict: str
    office: str
    day: date
    expires: date
    remark: str = ""
    evidence: tuple[EvidenceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """One answer that cannot be taken: which, what is wrong, what to do."""

    field: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.message} → {self.hint}"


def default_expires(day: date) -> date:
    """The end of the fiscal year after the one of `day`: a confirmation outlives one yearly round."""
    return date(day.year + (2 if day.month >= 4 else 1), 3, 31)


def plain(text: str) -> str:
    """A choice as typed, whatever the width of its characters."""
    return unicodedata.normalize("NFKC", text).strip()


def read_verdict(text: str) -> str:
    """pass, fail or later."""
    word = plain(text)
    found = _WORDS.get(word) or _WORDS.get(word.lower())
    if found is None:
        told = f"「{word}」は選べません。" if word else "判定がありません。"
        raise Unacceptable(told, "1（適合）、2（不適合）、3（後で）のいずれかを選んでください。")
    return found


def read_office(text: str) -> str:
    """The office, never the person."""
    office = _words(text, "担当").replace("\n", " ")
    if not office:
        raise Unacceptable(
            "担当がありません。", "確かめた部署の名前（例 税務課）を書いてください。個人名は書きません。"
        )
    return office


def read_day(text: str, today: date) -> date:
    """The day on which it was confirmed."""
    day = read_date(text)
    if day is None:
        told = f"実施日「{text.strip()}」を日付として読めません。" if text.strip() else "実施日がありません。"
        raise Unacceptable(told, _DATE_FORM)
    if day > today:
        raise Unacceptable(
            f"実施日 {day} はまだ来ていません。", f"確かめた日を、今日（{today}）までの日付で書いてください。"
        )
    return day


def read_expires(text: str, day: date, today: date) -> date:
    """The last day on which the word counts; empty means the default."""
    if not text.strip():
        return default_expires(day)
    expires = read_date(text)
    if expires is None:
        raise Unacceptable(f"有効期限「{text.strip()}」を日付として読めません。", _DATE_FORM)
    if expires < max(day, today):
        hint = f"今日（{today}）以後の日付にしてください。過ぎていれば、確かめ直してください。"
        raise Unacceptable(f"有効期限 {expires} は過ぎています。", hint)
    if expires.year > day.year + _MOST_YEARS:
        hint = f"{_MOST_YEARS}年以内の日付にしてください（空欄なら {default_expires(day)}）。"
        raise Unacceptable(f"有効期限 {expires} は先すぎます。", hint)
    return expires


def read_remark(text: str, verdict: str) -> str:
    """What was seen; a "no" without the reason helps nobody."""
    remark = _words(text, "備考")
    if verdict == "fail" and not remark:
        hint = "手順のどこで、期待と何が違ったかを備考に書いてください。"
        raise Unacceptable("「不適合」には理由が要ります。", hint)
    return remark


def read_attestation(
    requirement: str, given: Mapping[str, str], evidence: Sequence[EvidenceFile], today: date
) -> tuple[Attestation | None, list[Complaint]]:
    """A whole form at once: the attestation (None when put off or faulty) and every complaint."""
    complaints: list[Complaint] = []

    def read(field: str, reader: Callable[[str], _Read], otherwise: _Read) -> _Read:
        try:
            return reader(given.get(field, ""))
        except Unacceptable as error:
            complaints.append(Complaint(field, error.message, error.hint))
            return otherwise

    verdict = read("verdict", read_verdict, "")
    if verdict == LATER:
        return None, []
    office = read("office", read_office, "")
    day = read("date", lambda text: read_day(text, today), None) if "date" in given else today
    expires = read("expires", lambda text: read_expires(text, day or today, today), today)
    remark = read("remark", lambda text: read_remark(text, verdict), "")
    if complaints or day is None:
        return None, complaints
    return Attestation(requirement, verdict, office, day, expires, remark, tuple(evidence)), []


def _words(text: str, name: str) -> str:
    """Free words that may be kept: no 個人番号, nothing that a file or a screen cannot show."""
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    for place in personal_numbers_in(words):
        hint = "番号を消すか、「個人番号（記載省略）」のように書き換えてください。"
        raise Unacceptable(f"{name}の{place}から、個人番号のように見える数字があります。", hint)
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in words):
        raise Unacceptable(f"{name}に、読めない文字があります。", "その文字を消して、打ち直してください。")
    return words
