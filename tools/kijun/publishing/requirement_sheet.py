"""The columns of a 機能要件表: a requirement as the ministries' tables show one, without any verdict.

The columns are those that we hold to be the official ones; the official workbook itself was not seen. Official numbers
stand where they are known and nowhere else: our own number has a column of its own.
"""

from __future__ import annotations

from kijun.model.requirement import MunicipalityClass, Obligation, Requirement
from kijun.press.workbook import Cell, Column

CERTAINTIES = {"official": "公式", "draft": "案", "estimated": "推定"}
NUMBER = Column("本表の要件番号", 15, "本書の番号")
_TABLE = "機能要件表（列の並びは案で、公式の表とは未照合）"
_MORE = "機能要件表（続き）"
_OURS = "要件表の補い"
_CLASSES = tuple(MunicipalityClass)
_CHANGES = {"added": "新規", "modified": "修正", "moved": "移動"}


def columns(judged: MunicipalityClass | None = None) -> tuple[Column, ...]:
    """The columns from left to right; the class of municipality that a verdict is about is marked."""
    return (
        NUMBER,
        Column("大項目", 12, _TABLE),
        Column("中項目", 12, _TABLE),
        Column("機能名称", 14, _TABLE),
        Column("機能ID", 9, _TABLE),
        Column("機能要件", 40, _TABLE),
        *(Column(_class_label(one, judged), 7, "実装区分", centred=True) for one in _CLASSES),
        Column("要件の考え方・理由", 26, _MORE),
        Column("備考", 26, _MORE),
        Column("改定種別", 6, _MORE),
        Column("適合基準日", 12, _MORE),
        Column("前版の機能ID・要件", 10, _MORE),
        Column("区分の出所", 7, _OURS),
        Column("根拠法令", 28, _OURS),
        Column("検査方法", 9, _OURS),
    )


def cells(one: Requirement) -> list[Cell]:
    """One requirement under these columns."""
    row = one.row
    return [
        one.id,
        row["major"],
        row["middle"],
        one.name,
        "\n".join(row.get("official_ids", ())),
        one.text,
        *(one.category.get(kind, Obligation.NONE).symbol for kind in _CLASSES),
        row["rationale"],
        f"適合基準日の根拠: {row['effective']['basis']}",
        _change(one),
        _effective(one),
        "\n".join(f"（本表の要件番号 {former}）" for former in row.get("supersedes", ())),
        CERTAINTIES[one.category_source],
        "\n".join(map(str, one.legal_basis)),
        one.method.label,
    ]


def _class_label(one: MunicipalityClass, judged: MunicipalityClass | None) -> str:
    return f"{one.label}\n（判定）" if one is judged else one.label


def _change(one: Requirement) -> str:
    history = one.row["history"]
    return _CHANGES[history[-1]["change"]] if history else ""


def _effective(one: Requirement) -> str:
    end = f"\n{one.effective_to} まで" if one.effective_to else ""
    return f"{one.effective_from}{end}\n（{CERTAINTIES[one.row['effective']['source']]}）"
