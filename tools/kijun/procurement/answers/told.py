"""A proposal and a reading, as a person sees them on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kijun.catalog.answer_mapping import AnswerMapping
from kijun.model.bid import AnswerStatus
from kijun.press.unseen import hidden
from kijun.procurement.answers.reading import Reading

HEAD = """\
# 回答表の読み方の提案。列、符号の意味（legend）、番号で決まらない行（rows）を確かめて直し、confirmed を true にする。
# status: standard 標準で対応 / setting 設定で対応 / workaround 運用・代替 / customize カスタマイズ / external 別製品
#         planned 対応予定 / not_supported 対応不可 / not_applicable 対象外 / unanswered 未回答（事業者に確かめる）
"""


def told_proposal(mapping: AnswerMapping) -> str:
    """What a person has to look at before the book is read."""
    return "\n".join(map(_seen, _proposal(mapping)))


def _proposal(mapping: AnswerMapping) -> Iterator[str]:
    yield f"回答表「{mapping.name}」の読み方を提案します。まだ何も読んでいません。"
    for one in mapping.sheets:
        yield f"シート「{one.sheet}」　{one.first_row} 行目までが見出し　{'、'.join(one.columns) or '列が分かりません'}"
    for code in mapping.legend:
        yield f"  {code.code}　{code.cells} 欄　{code.status.label if code.status else '？'}　{code.ground}"
    if mapping.rows:
        open_rows = sum(not one.requirement for one in mapping.rows)
        yield f"番号で決まらない行 {len(mapping.rows)}（うち似た要件も見つからない行 {open_rows}）"
    yield from (f"確かめること: {one}" for one in mapping.questions)


def told_reading(reading: Reading) -> str:
    """Counts, then every place about which somebody has to be asked."""
    return "\n".join(map(_seen, _reading(reading)))


def _reading(reading: Reading) -> Iterator[str]:
    bid = reading.bid
    counts = Counter(one.status for one in bid.answers.values())
    yield f"{bid.bidder}　{bid.source}　{len(bid.answers) + len(bid.unplaced)} 行"
    yield "　".join(f"{one.label} {counts[one]}" for one in AnswerStatus if counts[one])
    yield from (f"注意: {one}" for one in reading.notes)
    asked = [one for one in bid.answers.values() if one.questions]
    yield f"\n要確認 {len(asked)} 行"
    for one in asked:
        yield f"・{one.place}　{one.requirement}　{'　'.join(one.questions)}"
    yield f"\n要件に結び付かなかった行 {len(bid.unplaced)}"
    for row in bid.unplaced:
        yield f"・{row.place}　{row.text[:40]}　{row.because}"
    yield f"\n空欄（未回答） {len(reading.blank)}" + (f"　{'、'.join(reading.blank)}" if reading.blank else "")
    yield f"回答表に行のない要件 {len(reading.missing)}" + (
        f"　{'、'.join(reading.missing)}" if reading.missing else ""
    )


def _seen(text: str) -> str:
    for one in hidden(text):
        text = text.replace(one, f"〔U+{ord(one):04X}〕")
    return text
