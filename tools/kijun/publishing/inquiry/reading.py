"""Reads replies: every sheet with the headings of the form, wherever they stand and whatever was done to the rest.

A row is known by the two hidden cells that the form gave it. Where they are gone, number and text together must be
those of the requirement. What cannot be tied to a row is never counted and never thrown away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from kijun.catalog.workbook_values import Rows
from kijun.model.inquiry import squeezed
from kijun.model.personal_number import without_personal_numbers
from kijun.model.profile import municipality_check_digit
from kijun.model.values import read_date
from kijun.publishing.inquiry import asked
from kijun.publishing.inquiry.asked import Inquiry, full_name
from kijun.publishing.inquiry.files import Refused, Unreadable, sheets_of
from kijun.publishing.inquiry.replies import UNCLEAR, Answer, Note, Remark, Reply

_NEEDED: Final = (asked.NUMBER, asked.CODE)
_SEARCHED = 40  # lines in which the headings are looked for
_DAY_ZERO, _DAYS = date(1899, 12, 30), range(36526, 73051)  # 2000 to 2099 as a sheet counts days
_LONG_CODE, _SHORT_CODE = 6, 5
_PLACES = 5  # told of one kind of note
_USE_FORM = "配った回答用紙に記入したものを出してもらってください。"


class ReplyReader:
    """Reads one file after another against one inquiry."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self._names = _names(inquiry)
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # 1,741 forms have the same rows: kept once

    def read(self, name: str, path: Path) -> list[Reply] | Unreadable:
        """The replies in a file, one for each filled sheet of answers."""
        try:
            sheets = list(sheets_of(path, but=(asked.HELP, asked.BODIES)))
        except Refused as error:
            return Unreadable(name, error.reason, error.hint)
        tables = [(sheet, rows, at) for sheet, rows in sheets if (at := _headings_at(rows)) is not None]
        if not tables:
            told = f"見出し「{'」「'.join(_NEEDED)}」のある行がどのシートにもありません。"
            return Unreadable(name, told, _USE_FORM)
        others = [sheet for sheet, rows in sheets if _headings_at(rows) is None and any(map(any, rows))]
        extra = [Note("ファイル", f"用紙にないシート「{one}」があります。読んでいません。") for one in others]
        replies = [
            self._reply(name if len(tables) == 1 else f"{name}［{sheet}］", rows, at, extra)
            for sheet, rows, at in tables
        ]
        filled = [one for one in replies if one.answers or one.remarks or one.stated or one.blank_agrees]
        return filled or Unreadable(name, "何も記入されていません。", "記入したものを出してもらってください。")

    def _reply(self, file: str, rows: Rows, at: int, extra: Sequence[Note]) -> Reply:
        head = _head(rows[:at])
        sheet = _Sheet(self.inquiry, _columns(rows[at]))
        for line, row in enumerate(rows[at + 1 :], start=at + 2):
            sheet.read(line, row)
        notes = [*extra, *self._row_notes(head, sheet), *sheet.notes()]
        stated = "、".join(filter(None, (head.get(asked.BODY, ""), head.get(asked.OTHERS, ""))))
        bodies, told = self._bodies(stated)
        day, faults = _day(head.get(asked.DAY, ""))
        agrees, more = self._blanks(head.get(asked.BLANKS, ""))
        if general := head.get(asked.GENERAL, ""):
            sheet.remarks.insert(0, Remark(asked.GENERAL, sheet.masked(general, asked.GENERAL)))
        ids = frozenset(sheet.rows)
        return Reply(
            file=file,
            stated=stated,
            bodies=bodies,
            office=sheet.masked(head.get(asked.OFFICE, ""), asked.OFFICE),
            day=day,
            blank_agrees=agrees,
            rows=self._sets.setdefault(ids, ids),
            answers=sheet.answers,
            remarks=tuple(sheet.remarks),
            notes=(*told, *faults, *more, *notes, *sheet.mask_notes()),
        )

    def _row_notes(self, head: dict[str, str], sheet: _Sheet) -> Iterator[Note]:
        printed, right = head.get(asked.EDITION, ""), asked.edition_text(self.inquiry.edition)
        if printed and printed != right and sheet.strangers:
            told = f"「{printed}」の用紙です（照会したのは「{right}」）。文が同じ行だけを数えました。"
            yield Note(asked.EDITION, told)
        for table in self.inquiry.edition.tables:
            ids = {one.id for one in table.requirements}
            if (missing := len(ids - sheet.rows)) < len(ids) and missing:
                told = f"照会した {len(ids)} 行のうち {missing} 行がありません。その行は回答なしとしました。"
                yield Note(self.inquiry.business_name(table.business), told)

    def _blanks(self, text: str) -> tuple[bool, list[Note]]:
        agrees, none = map(squeezed, self.inquiry.blank_choices)
        if squeezed(text) in (agrees, none, ""):
            return squeezed(text) == agrees, []
        told = f"「{text}」は選択肢にありません。空欄の行は回答なしとしました。"
        return False, [Note(asked.BLANKS, told)]

    def _bodies(self, stated: str) -> tuple[tuple[str, ...], list[Note]]:
        """Codes of the bodies named in a cell by code or by name, and what is doubtful about them."""
        found, notes = list[str](), list[Note]()
        for word in re.split(r"[、,;/・\s]+", unicodedata.normalize("NFKC", stated)):
            if word:
                code, told = self._body(word)
                found += [code] if code else []
                notes += [Note(asked.BODY, told)] if told else []
        return tuple(dict.fromkeys(found)), notes

    def _body(self, word: str) -> tuple[str, str]:
        """The code that a word means, or nothing; and what to tell about it."""
        if word in self.inquiry.bodies:
            return word, ""
        if not word.isdecimal():
            code = self._names.get(word, "")
            told = f"団体名「{word}」から団体コード {code} としました。"
            return code, told if code else f"「{word}」は団体コードでも、一つに決まる団体名でもありません。"
        if len(word) == _SHORT_CODE:
            wanted = {f"0{word}", word + municipality_check_digit(word)}
            near = [code for code in sorted(wanted) if code in self.inquiry.bodies]
            if len(near) == 1:
                return near[0], f"5桁の「{word}」を {near[0]}（{self._name(near[0])}）と読みました。"
            return "", f"5桁の「{word}」からは団体が決まりません（6桁の団体コードが要ります）。"
        if len(word) == _LONG_CODE and word[5] != municipality_check_digit(word[:5]):
            return "", f"団体コード {word} の検査数字が合いません（打ち間違いのおそれ）。"
        return "", f"団体コード {word} の団体は登録簿にありません。"

    def _name(self, code: str) -> str:
        return full_name(self.inquiry.bodies[code])


def _names(inquiry: Inquiry) -> dict[str, str]:
    """Name → code for every name that is one body's alone, with and without the prefecture."""
    found: dict[str, str] = {}
    for code, body in inquiry.bodies.items():
        for name in {body.name, full_name(body)}:
            found[name] = "" if name in found else code
    return found


# one sheet ------------------------------------------------------------------------------------------------


class _Sheet:
    """Takes the rows below the headings one by one."""

    def __init__(self, inquiry: Inquiry, columns: dict[str, int]) -> None:
        self.inquiry, self.columns = inquiry, columns
        self.rows: set[str] = set()
        self.answers: dict[str, Answer] = {}
        self.remarks: list[Remark] = []
        self.strangers = 0  # rows of another edition, or of none
        self._notes: dict[str, list[str]] = {}
        self._masked: list[str] = []

    def read(self, line: int, row: Sequence[Any]) -> None:
        """One line of the sheet: an answer, words without a row, or nothing."""
        given = {label: _text(row[at]) if at < len(row) else "" for label, at in self.columns.items()}
        if not any(given.values()):
            return
        place = f"{line} 行目"
        name = self._identify(given, place)
        opinion, proposal = (self.masked(given.get(one, ""), place) for one in (asked.OPINION, asked.PROPOSAL))
        answer = given[asked.CODE]
        if name is None:
            self._loose(given, place, answer, opinion, proposal)
            return
        is_second = name in self.rows
        self.rows.add(name)
        self._edited(given, name, place)
        if answer or opinion or proposal:
            one = Answer(self._code(answer, place), opinion, proposal)
            self.answers[name] = self._joined(self.answers[name], one, place) if name in self.answers else one
        elif is_second:
            self._note("同じ要件の行がもう一つあります（空欄）。", place)

    def _identify(self, given: dict[str, str], place: str) -> str | None:
        """The requirement of a row, or None with a note where it cannot be told."""
        seen = unicodedata.normalize("NFKC", given[asked.NUMBER])
        hidden, mark = given.get(asked.HIDDEN_ID, ""), given.get(asked.MARK, "")
        text = squeezed(given.get(asked.TEXT, ""))
        if hidden and seen != hidden:
            self._note("見える要件番号が、用紙が刷った番号と違います（数えていません）。", f"{place}「{seen}」")
            return None
        if hidden and hidden in self.inquiry.marks and mark == self.inquiry.marks[hidden]:
            return hidden
        if not mark and seen in self.inquiry.texts and text == self.inquiry.texts[seen]:
            self._note("手で書いた行ですが、番号と文が要件表と同じなので数えました。", place)
            return seen
        if mark or text or seen:
            self.strangers += 1
            known = seen in self.inquiry.texts
            told = "照会した文と違う行です" if known else "照会した版にない要件番号の行です"
            self._note(f"{told}（数えていません）。", f"{place}「{seen}」")
        return None

    def _loose(self, given: dict[str, str], place: str, answer: str, opinion: str, proposal: str) -> None:
        words = "\n".join(filter(None, (answer, opinion, proposal)))
        if words:
            self.remarks.append(Remark(f"{given[asked.NUMBER] or '番号なし'}（{place}）", words))

    def _edited(self, given: dict[str, str], name: str, place: str) -> None:
        """Some write their proposal into the text that is printed."""
        if asked.TEXT in self.columns and squeezed(given[asked.TEXT]) != self.inquiry.texts[name]:
            self._note("要件の文が書き換えられています。回答は数え、書かれた文を記録に残しました。", place)
            self.remarks.append(Remark(f"{name} の要件の欄（{place}）", self.masked(given[asked.TEXT], place)))

    def _code(self, answer: str, place: str) -> str:
        code = self.inquiry.codes.read(answer) if answer else None
        if code:
            return code.code
        told = f"回答「{answer}」を一つの符号に読めません" if answer else "意見があるのに、回答が選ばれていません"
        self._note(f"{told}（不明としました）。", place)
        return UNCLEAR

    def _joined(self, first: Answer, second: Answer, place: str) -> Answer:
        same = first.code == second.code
        told = "同じ回答なので一つにしました" if same else "回答が違うので不明としました"
        self._note(f"同じ要件に二つの行で答えています。{told}。", place)
        return Answer(
            first.code if same else UNCLEAR,
            "\n".join(dict.fromkeys(filter(None, (first.opinion, second.opinion)))),
            "\n".join(dict.fromkeys(filter(None, (first.proposal, second.proposal)))),
        )

    def masked(self, text: str, place: str) -> str:
        """The same text, digits that look like a 個人番号 made unreadable."""
        safe = without_personal_numbers(text)
        if safe != text:
            self._masked.append(place)
        return safe

    def _note(self, message: str, place: str) -> None:
        self._notes.setdefault(message, []).append(place)

    def notes(self) -> Iterator[Note]:
        """One note for everything that happened, however often."""
        yield from (Note(_places(places), message) for message, places in self._notes.items())

    def mask_notes(self) -> Iterator[Note]:
        if self._masked:
            told = "個人番号のように見える数字を伏せました。元のファイルの扱いを決めてください。"
            yield Note(_places(list(dict.fromkeys(self._masked))), told)


def _places(places: Sequence[str]) -> str:
    more = f"、ほか {len(places) - _PLACES} 行" if len(places) > _PLACES else ""
    return "、".join(places[:_PLACES]) + more


def _headings_at(rows: Rows) -> int | None:
    """The line with the headings of the answers, from 0."""
    for line, row in enumerate(rows[:_SEARCHED]):
        found = set(map(_text, row))
        if all(label in found for label in _NEEDED):
            return line
    return None


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Heading → column, the first where one stands twice."""
    found = [_text(cell) for cell in row]
    wanted = (*_NEEDED, asked.TEXT, asked.OPINION, asked.PROPOSAL, asked.HIDDEN_ID, asked.MARK)
    return {label: found.index(label) for label in wanted if label in found}


def _head(rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    """Label → what stands in the cell to its right."""
    labels = {asked.BODY, asked.DAY, asked.OTHERS, asked.EDITION, asked.OFFICE, asked.BLANKS, asked.GENERAL}
    found: dict[str, str] = {}
    for row in rows:
        cells = [_text(cell) for cell in row]
        for at, label in enumerate(cells[:-1]):
            if label in labels and cells[at + 1] not in labels:
                found.setdefault(label, cells[at + 1])
    return found


def _day(text: str) -> tuple[date | None, list[Note]]:
    plain = unicodedata.normalize("NFKC", text)
    if plain.isdecimal() and int(plain) in _DAYS:
        return _DAY_ZERO + timedelta(int(plain)), []
    day = read_date(plain) if plain else None
    told = [Note(asked.DAY, f"回答日「{text}」を日付として読めません。")] if plain and not day else []
    return day, told


def _text(cell: Any) -> str:
    """What a person sees in a cell."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
