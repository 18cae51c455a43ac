"""Shares with their rules beside them: as text, as data, as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kijun.model.requirement import MunicipalityClass
from kijun.model.values import japanese_date
from kijun.press.workbook import Column, Workbook
from kijun.procurement.kpi import DETAIL_DECIMALS, Month, Result, Share

TITLE = "標準化の指標"
_UNITS = {"body": "団体", "business": "団体×業務", "system": "システム", "step": "工程", "specification": "業務"}
_TIERS = {1: "第一階層", 2: "第二階層"}
_UNCHECKED = "公表された値とは別に計算したものです"


def render(months: Sequence[Month], source: str, labels: Mapping[str, str]) -> str:
    """Every number directly under its rule; `source` tells where the definitions come from, `labels` business names."""
    lines = [TITLE, f"定義の出典: {source}"]
    for month in months:
        lines += ["", f"■ {japanese_date(month.adoption.as_of.isoformat())}（{month.adoption.source}）"]
        lines += [f"注意: {told}" for told in month.notes]
        for one in month.results:
            lines += ["", *_section(one, labels)]
    return "\n".join(lines)


def _section(one: Result, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"〔{_TIERS[one.definition.tier]}〕{one.definition.title}: {one.headline}"
    yield f"  計算の仕方: {one.definition.rule}"
    if one.total is not None:
        yield f"  {_fraction(one.total)} {_UNITS[one.definition.unit]}"
    for target in _targets(one):
        yield f"  {target}"
    if published := _published(one):
        yield f"  {published}"
    if one.by_class:
        yield f"  団体区分別（{_UNITS[one.definition.unit]}）: " + "、".join(
            f"{kind.label} {_told(share)}" for kind, share in one.by_class.items()
        )
    if one.by_business and one.definition.unit != "specification":
        yield "  業務別: " + "、".join(f"{labels[number]} {_told(share)}" for number, share in one.by_business.items())


def _told(share: Share) -> str:
    return f"{share.percent(DETAIL_DECIMALS)}%（{_fraction(share)}）"


def _fraction(share: Share) -> str:
    return f"{share.numerator:,}/{share.denominator:,}"


def _targets(one: Result) -> Iterator[str]:
    """How many businesses each target asks for, rounded up, and whether the present number reaches it."""
    if one.total is None:
        return
    for by, percent in one.definition.targets:
        needed = -(-one.total.denominator * percent // 100)
        short = needed - one.total.numerator
        reached = f"あと {short} 業務です" if short > 0 else "今は達しています"
        yield f"目標: {japanese_date(by.isoformat())}までに {percent}%（{needed} 業務）。{reached}。"


def _published(one: Result) -> str:
    published = one.definition.published
    if published is None:
        return ""
    sure = "" if published["certainty"] == "official" else "、原本と未照合"
    return f"公表値: {published['text']}（{published['month']}{sure}）。この報告の数は、{_UNCHECKED}。"


def as_record(months: Sequence[Month], source: str) -> dict[str, Any]:
    """The same as JSON; shares keep numerator and denominator, so that anybody can round them otherwise."""
    return {
        "source": source,
        "months": [
            {
                "as_of": month.adoption.as_of.isoformat(),
                "data": month.adoption.source,
                "notes": list(month.notes),
                "results": [_result_record(one) for one in month.results],
            }
            for month in months
        ],
    }


def _result_record(one: Result) -> dict[str, Any]:
    return {
        "definition": one.definition.id,
        "title": one.definition.title,
        "tier": one.definition.tier,
        "rule": one.definition.rule,
        "unit": one.definition.unit,
        "denominator": one.definition.denominator,
        "headline": one.headline,
        "total": _share_record(one.total) if one.total is not None else None,
        "by_class": {kind.value: _share_record(share) for kind, share in one.by_class.items()},
        "by_business": {number: _share_record(share) for number, share in one.by_business.items()},
        "published": dict(one.definition.published) if one.definition.published else None,
    }


def _share_record(share: Share) -> dict[str, Any]:
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "percent": share.percent(DETAIL_DECIMALS),
    }


def workbook(months: Sequence[Month], source: str, labels: Mapping[str, str]) -> bytes:
    """kpi.xlsx: all definitions with their rules, then the shares by class and by business."""
    book = Workbook(TITLE, (TITLE, "", ""))
    facts = [("定義の出典", source)]
    for month in months:
        day = japanese_date(month.adoption.as_of.isoformat())
        facts.append(("データ", f"{day}（{month.adoption.source}）"))
        facts += [("注意", f"{day}: {told}") for told in month.notes]
    book.add_summary("概要", TITLE, facts, [])
    heads = ("基準日", "指標", "値", "分子", "分母", "計算の仕方", "公表値（未照合のものあり）", "目標")
    widths = (16, 34, 12, 11, 11, 60, 30, 40)
    book.add_table("定義と値", _columns(heads, widths), (row for month in months for row in _rows(month)))
    parts = _columns(("基準日", "指標", "団体区分・業務", "値", "分子", "分母"), (16, 50, 26, 10, 12, 12))
    rows = (row for month in months for row in _details(month, labels))
    book.add_table("区分別・業務別", parts, rows)
    return book.finish()


def _columns(heads: Sequence[str], widths: Sequence[int]) -> list[Column]:
    return [Column(head, width) for head, width in zip(heads, widths, strict=True)]


def _rows(month: Month) -> Iterator[list[str | int]]:
    day = japanese_date(month.adoption.as_of.isoformat())
    for one in month.results:
        counted: list[str | int] = [one.total.numerator, one.total.denominator] if one.total is not None else ["", ""]
        published = (one.definition.published or {}).get("text", "")
        told = [one.definition.rule, published, "\n".join(_targets(one))]
        yield [day, one.definition.title, one.headline, *counted, *told]


def _details(month: Month, labels: Mapping[str, str]) -> Iterator[list[str | int]]:
    day = japanese_date(month.adoption.as_of.isoformat())
    for one in month.results:
        shares: list[tuple[str, Share]] = [
            (kind.label, one.by_class[kind]) for kind in MunicipalityClass if one.by_class
        ]
        shares += [(labels[number], share) for number, share in one.by_business.items()]
        for label, share in shares:
            percent = f"{share.percent(DETAIL_DECIMALS)}%"
            yield [day, one.definition.title, label, percent, share.numerator, share.denominator]
