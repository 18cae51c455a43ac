"""One A4 page for the assembly: what is missing, what it costs, by when, and which law asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from kijun import __version__
from kijun.catalog.plain_words import PlainWords, read_plain_words
from kijun.catalog.root import shipped_root
from kijun.model.bid import AnswerStatus, Standing
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import LegalBasis, Obligation
from kijun.model.values import japanese_date
from kijun.press.legible import legible
from kijun.press.typesetter import Printed, typeset_and_count
from kijun.procurement.cells import SHAPES
from kijun.procurement.comparison import Cell, Column, Comparison, Row
from kijun.procurement.veil import Veil

_MOST_ROWS = 14
_LONGEST, _LONGEST_LAW = 46, 26  # letters of a function's sentence, and of a law
_REMARK = re.compile(r"（[^（）]*）")
_SIGNS = {
    Standing.MET: "あります",
    Standing.PROMISED: "期日までに用意",
    Standing.UNMET: "ありません",
    Standing.UNDECIDED: "分かりません",
    Standing.OUTSIDE: "関係ないとの答え",
}


def render(comparison: Comparison, veil: Veil) -> bytes:
    """assembly.pdf: always one page. As many missing functions as fit; the rest is counted.

    Raises ConfigurationError when even the figures of all bidders do not fit.
    """
    words = read_plain_words()
    rows = sorted(
        _missing(comparison), key=lambda row: -sum(cell.is_missing or bool(cell.disproof) for cell in row.cells)
    )
    for count in range(min(len(rows), _MOST_ROWS), -1, -1):
        printed = _printed(comparison, veil, words, rows, count)
        if printed.pages == 1:
            return printed.content
    told = f"{len(comparison.columns)} 者の数字が A4 一枚に収まりません。"
    hint = "調達のファイルの事業者を、残っている者に絞ってください。"
    raise ConfigurationError([Problem(Position.of(comparison.tender.title), told, hint)])


def _printed(comparison: Comparison, veil: Veil, words: PlainWords, rows: Sequence[Row], count: int) -> Printed:
    form = shipped_root() / "reports" / "templates" / "assembly.typ"
    day = comparison.tender.policy.as_of
    return typeset_and_count(
        form,
        legible(_content(comparison, veil, words, rows, count)),
        datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


def _content(comparison: Comparison, veil: Veil, words: PlainWords, rows: Sequence[Row], count: int) -> dict[str, Any]:
    tender, columns = comparison.tender, comparison.columns
    page: dict[str, Any] = {
        "title": f"{tender.title}　提案を比べた結果",
        "author": f"kijun {__version__}",
        "foot": f"{tender.profile.municipality.name}　くわしい表は comparison.xlsx にあります。",
        "day": f"{_day(tender.policy.as_of)}現在",
        "lead": (
            f"{tender.profile.municipality.name}が求める {len(comparison.rows):,} の機能について、"
            f"{len(columns)} 者の提案を比べました。{_day(tender.policy.deadline)}までにそろうかどうかを見ています。"
            "提案の内容は各社の答えです。実際に動かして確かめた結果は、分けて数えています。"
        ),
        "notes": [*_notes(comparison, veil)],
        "names": [veil.name(one.bidder) for one in columns],
        "labels": [one.bidder.label for one in columns],
        "counts": [*_counts(comparison)],
        "missing": f"必ず要る機能のうち、足りないか、これから用意するものがある機能は {len(rows):,} あります。"
        if rows
        else "必ず要る機能は、答えの上では全てそろっています。",
        "rows": [],
        "rest": "",
        "signs": "　".join(f"{SHAPES[one]} {told}" for one, told in _SIGNS.items())
        + "　● 動かして確かめると、答えと違ったもの　（法令は初めの一つ。注記は省きました）",
        "meanings": [],
    }
    used = _used(page, words)
    for row in rows[:count]:
        line, found = _row(row, words, used)
        used |= found
        page["rows"].append(line)
    if len(rows) > count:
        page["rest"] = f"ほかに {len(rows) - count:,} の機能があります。"
    page["meanings"] = [[word, words.meanings[word]] for word in words.meanings if word in used]
    return page


def _used(page: dict[str, Any], words: PlainWords) -> set[str]:
    texts = [page["title"], page["lead"], page["missing"], page["signs"], *page["notes"], *page["names"]]
    texts += [label for label, _ in page["counts"]]
    return words.found_in("\n".join(texts))


def _row(row: Row, words: PlainWords, used: set[str]) -> tuple[list[str], set[str]]:
    """A function by name and sentence, or by name or number alone where its words would be too many to explain."""
    one = row.requirement
    sentence = one.text if len(one.text) <= _LONGEST else one.text[: _LONGEST - 1] + "…"
    law = next((_law(basis) for basis in one.legal_basis), "（なし）")
    for told in (f"{one.name}　{sentence}", one.name, f"番号 {one.id}"):
        found = words.found_in(f"{told}\n{law}")
        if len(used | found) <= words.most:
            return [told, law, *map(_cell, row.cells)], found
    return [f"番号 {one.id}", "（別の表に）", *map(_cell, row.cells)], set()


def _law(basis: LegalBasis) -> str:
    """A law without the remarks of whoever cited it."""
    found = _REMARK.sub("", str(basis)).strip()
    return found if len(found) <= _LONGEST_LAW else found[: _LONGEST_LAW - 1] + "…"


def _cell(cell: Cell) -> str:
    parts = [("●" if cell.disproof else SHAPES[cell.standing])]
    due, answer = cell.answer.due, cell.answer
    if due and due.last_day and not answer.is_offered_now:
        parts.append(f"{_day(due.last_day)}まで")
    if answer.yen and not answer.is_offered_now:
        parts.append(yen_text(answer.yen))
    elif answer.status is AnswerStatus.CUSTOMIZE and answer.yen is None:
        parts.append("費用は不明")
    if cell.waiver:
        parts.append(f"{_day(date.fromisoformat(cell.waiver['expires']))}まで待つ")
    return " ".join(parts)


def _missing(comparison: Comparison) -> list[Row]:
    return [
        row
        for row in comparison.rows
        if row.obligation is Obligation.MANDATORY
        and any(cell.is_missing or cell.standing is Standing.PROMISED or cell.disproof for cell in row.cells)
    ]


def _counts(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    columns = comparison.columns
    yield "必ず要る機能で、足りないか分からないもの", [_number(one.missing) for one in columns]
    promised = (one.count(Obligation.MANDATORY, Standing.PROMISED) for one in columns)
    yield "必ず要る機能で、期日までに用意するもの", [*map(_number, promised)]
    prohibited = (one.count(Obligation.PROHIBITED, Standing.UNDECIDED) for one in columns)
    yield "あってはならないのに、あるか、分からないもの", [*map(_number, prohibited)]
    yield "動かして確かめたもの", [_number(one.verified) if one.evidence else "記録なし" for one in columns]
    yield "確かめると答えと違ったもの", [_number(one.disproved) if one.evidence else "記録なし" for one in columns]
    yield "例外として待つもの", [_number(one.waived) for one in columns]
    years = comparison.tender.years
    yield f"費用（初めと {years} 年分）", [_amount(one) for one in columns]
    yield "必ず要る機能がそろう日（答えの上で）", [_ready(one) for one in columns]


def _number(count: int) -> str:
    return f"{count:,}"


def _amount(column: Column) -> str:
    return yen_text(column.amount) + ("（ほかに不明あり）" if column.costs.unknown else "")


def _ready(column: Column) -> str:
    if column.missing:
        return "そろわない"
    if column.disproved:
        return "確かめ直しが要る"
    return _day(column.ready_on) if column.ready_on else "今ある"


def _notes(comparison: Comparison, veil: Veil) -> Iterator[str]:
    tender = comparison.tender
    if not veil.is_open:
        yield "会社の名前は、まだ伏せています。"
    if any(one.status != "published" for one in tender.edition.tables if one.business in tender.profile.businesses):
        yield "比べるもとにした機能の表は案で、国が公表したものではありません。「必ず要る」かどうかも推定を含みます。"
    for one in comparison.late:
        came = f"{_day(one.received.date())} {one.received.hour} 時 {one.received.minute} 分"
        yield f"{veil.name(one)}の提案は締切の後（{came}）に届いたので、見ていません。"


def yen_text(yen: int) -> str:
    """A sum as it is said: 430万円, 12億3,000万円, 1,234円."""
    if yen and yen % 10_000 == 0:
        hundreds, rest = divmod(yen // 10_000, 10_000)
        return (f"{hundreds:,}億" if hundreds else "") + (f"{rest:,}万" if rest else "") + "円"
    return f"{yen:,}円"


def _day(day: date) -> str:
    return japanese_date(day.isoformat())
