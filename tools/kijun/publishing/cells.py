"""The cells of a row as an official reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kijun.model.glossary import FieldUse, Word
from kijun.model.requirement import Method, MunicipalityClass, Obligation, Requirement

TITLES = {
    "major": "大項目",
    "middle": "中項目",
    "name": "機能名称",
    "text": "要件文",
    "category": "実装区分",
    "effective": "適用",
    "verification": "検査方法",
    "operations": "確かめる操作",
    "category_source": "実装区分の確からしさ",
    "official_ids": "公式の機能ID",
    "documents": "関係する帳票",
    "legal_basis": "根拠",
    "rationale": "理由",
    "incidents": "関係する公表事故",
}
_CERTAINTIES = {"official": "公式の表で確認済み", "draft": "公式の案で確認", "estimated": "推定"}


_WORD_TYPES = {
    "text": "文字",
    "identifier": "番号（識別子）",
    "yen": "金額（円）",
    "count": "数",
    "flag": "有無",
    "date": "年月日",
    "year_month": "年月",
    "fiscal_year": "年度",
    "code": "コード",
    "role": "役割",
    "operation": "操作",
    "list": "一覧",
    "document": "帳票",
}


def cell_text(one: Requirement, name: str, labels: Mapping[str, str]) -> str:
    """One cell in Japanese; keys of the glossary by their labels as far as known. An empty cell is 「（なし）」."""
    value = one.row.get(name)
    if not value:
        return "（なし）"
    if name == "category":
        return "　".join(f"{kind.label}{_sign(value.get(kind.value, 'none'))}" for kind in MunicipalityClass)
    if name == "effective":
        return _effective(value)
    if name == "verification":
        return _verification(value)
    if name in ("operations", "documents"):
        return "、".join(labels.get(key, key) for key in value)
    if name == "legal_basis":
        return "、".join(" ".join(filter(None, (row["law"], row["article"], row.get("url", "")))) for row in value)
    return _plain(value)


def certainty_text(certainty: str) -> str:
    """How sure an obligation or a day is."""
    return _CERTAINTIES.get(certainty, certainty)


def obligation_text(one: Requirement) -> str:
    """What a row asks of whom, and from when, in one line."""
    row, kinds = one.row, dict.fromkeys(one.category.values())
    whom = f"全ての団体区分{_sign(*kinds)}" if len(kinds) == 1 else cell_text(one, "category", {})
    end = f"{one.effective_to} まで" if one.effective_to else ""
    sources = [certainty_text(source) for source in (one.category_source, row["effective"]["source"])]
    when = f"{one.effective_from} から{end}"
    return f"【{TITLES['category']}】{whom}（{sources[0]}）【{TITLES['effective']}】{when}（{sources[1]}）"


def _sign(obligation: str) -> str:
    return Obligation(obligation).symbol or "－"


def _effective(value: Mapping[str, str]) -> str:
    end = f"{value['to']} まで" if "to" in value else ""
    return f"{value['from']} から{end}（{value['basis']}。{certainty_text(value['source'])}）"


def _verification(value: Mapping[str, Any]) -> str:
    told = [Method(value["method"]).label, value.get("because", ""), *value.get("procedure", ())]
    return "　".join(filter(None, told))


def _plain(value: str | Sequence[str]) -> str:
    return certainty_text(value) if isinstance(value, str) else "、".join(value)


def word_type(word: Word) -> str:
    """The type of an item, with its unit."""
    return _WORD_TYPES.get(word.type, word.type) + (f"（{word.unit}）" if word.unit else "")


def use_text(use: FieldUse, labels: Mapping[str, str]) -> str:
    """How an item is used: what may be missing, and where its value comes from when nobody gives one."""
    told = ["省略可" if use.optional else "", "空可" if use.nullable else ""]
    if use.default is not None:
        told.append(f"既定 {labels.get(str(use.default), use.default)}")
    if use.provider:
        told.append(f"「{labels.get(use.provider, use.provider)}」の結果から")
    return "、".join(filter(None, told))
