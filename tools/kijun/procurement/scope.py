"""What concerns one buyer and how strictly, and what does not and why: as text and as data."""

from __future__ import annotations

from typing import Any

from kijun.model.values import japanese_date
from kijun.procurement.request import RequestForProposal, outside_reasons


def as_record(request: RequestForProposal) -> dict[str, Any]:
    """Every requirement of the chosen businesses, once: under `rows` or under `outside`."""
    return {
        "profile": request.profile.as_record(),
        "tables": {table.business: table.edition for table in request.edition.tables},
        "rows": [
            {
                "requirement": row.requirement.id,
                "obligation": row.obligation.value,
                "chosen": row.is_chosen,
                "asked": request.profile.is_asked(row.requirement),
                "weight": row.weight,
                "sheet": row.sheet,
            }
            for row in request.rows
        ],
        "outside": [{"requirement": one.requirement.id, "because": one.because} for one in request.outside],
    }


def render(request: RequestForProposal) -> str:
    """The same for a person; every row that is left out is named."""
    body, profile = request.profile.municipality, request.profile
    day = japanese_date(profile.as_of.isoformat())
    lines = [
        f"{profile.title}（{body.prefecture}{body.name}、{body.kind.label}、団体コード {body.code}、基準日 {day}）",
        f"関係する要件 {len(request.rows)} 件: "
        + "、".join(f"{label} {count}" for label, count in request.counts.most_common()),
    ]
    lines += [f"  シート「{name}」 {len(rows)} 件" for name, rows in request.sheets.items()]
    lines.append(f"対象外の要件 {len(request.outside)} 件")
    lines += [f"  {because} {count} 件" for because, count in outside_reasons(request.outside).most_common()]
    lines += [f"    {one.requirement.id} {one.requirement.text} → {one.because}" for one in request.outside]
    return "\n".join(lines)
