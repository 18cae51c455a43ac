"""A supplier's declaration of conformity: who declares what, against which edition, with limits and waivers.

The items are those of ISO/IEC 17050-1 as far as publicly known; layout, wording and the form of the number are ours.
The run says what was found, the supplier declares: nothing is declared that the claim of the run does not allow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from kijun.catalog.root import shipped_root
from kijun.catalog.run_folder import log_digest
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.errors import ConfigurationError, Problem
from kijun.model.requirement import MunicipalityClass
from kijun.model.values import japanese_date
from kijun.model.verdict import Claim, Status
from kijun.press.legible import legible
from kijun.press.typesetter import typeset_and_count
from kijun.reporting import json_report, wording
from kijun.reporting.declaration_form import expiries, read_form
from kijun.reporting.run_view import RunView

TITLE = "自己適合宣言書"
_FORM = "この様式は kijun のもので、国の様式ではありません（ISO/IEC 17050-1 の項目を参考。原文とは未照合）。"
_SIZES = (9.5, 8.5, 7.5)  # points; the largest that fits one page is taken
_STATEMENTS = {
    Claim.CONFORMANT: "発行者は、次の対象が、次の条件の下で、次の要件表のうち適用される必須の要件と、実装すると宣言した"
    "任意の要件を全て満たし、実装不可の機能を持たないことを、発行者の責任において宣言します。",
    Claim.CONFORMANT_WITH_WAIVERS: "発行者は、次の対象が、次の条件の下で、期限付きの免除（下に記す）を除き、次の"
    "要件表のうち適用される必須の要件と、実装すると宣言した任意の要件を全て満たし、実装不可の機能を持たないことを、発行者の"
    "責任において宣言します。",
}
DECLARABLE = frozenset(_STATEMENTS)


@dataclass(frozen=True, slots=True)
class Declaration:
    """The finished paper and the same data for machines."""

    pdf: bytes
    json: bytes


def declare(view: RunView, path: Path, today: date) -> Declaration:
    """Fill the form `path` with what the run found. Only for a run whose claim is among DECLARABLE.

    Neither the declaration nor the run may lie after `today`. Raises ConfigurationError with all problems.
    """
    file = read_form(path, view, today)
    record = _record(view, file.data["declaration"])
    content = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    return Declaration(_paper(file, record), content.encode())


def _record(view: RunView, data: dict[str, Any]) -> dict[str, Any]:
    start, identity = view.report.facts.start, view.report.facts.identities[0]
    return {
        "declaration_version": "1",
        "form": _FORM,
        "number": f"SDoC-{data['issuer']['corporate_number']}-{data['date'].replace('-', '')}-{data['serial']}",
        "issuer": data["issuer"],
        "object": identity,
        "profile": start["profile"],
        "standards": [{**one, "name": view.snapshot["names"][one["business"]]} for one in view.snapshot["tables"]],
        "claim": view.report.claim.value,
        "statement": _STATEMENTS[view.report.claim],
        "counts": view.report.counts(),
        "waivers": _waivers(view),
        "limits": [*wording.caveats(view), *wording.LIMITS],
        "valid_until": min((expires for _, _, expires in expiries(view)), default=None),
        "conformity_numbers": data.get("conformity_numbers", []),
        "supporting_documents": {
            "run": view.folder.name,
            "run_finished": view.report.facts.finished_at,
            "run_log_sha256": log_digest(view.folder),
            "suite_digest": start["suite_digest"],
            "report_json_sha256": hashlib.sha256(json_report.render(view)).hexdigest(),
        },
        "place": data["place"],
        "date": data["date"],
        "signer": data["signer"],
    }


def _waivers(view: RunView) -> list[dict[str, Any]]:
    """Waivers of the same words together, so that many still fit one page."""
    found: dict[tuple[str, ...], list[str]] = {}
    for one in view.report.outcomes:
        if one.waiver:
            words = tuple(one.waiver[name] for name in ("issuer", "reason", "scope", "expires"))
            found.setdefault((one.underlying.value, *words), []).append(one.requirement.id)
    names = ("underlying_status", "issuer", "reason", "scope", "expires")
    return [{"requirements": ids, **dict(zip(names, words, strict=True))} for words, ids in found.items()]


def _paper(file: YamlFile, record: dict[str, Any]) -> bytes:
    form = shipped_root() / "reports" / "templates" / "declaration.typ"
    midnight = datetime.combine(date.fromisoformat(record["date"]), time(), UTC)
    for size in _SIZES:
        printed = typeset_and_count(form, legible({**_face(record), "size": size}), midnight)
        if printed.pages == 1:
            return printed.content
    hint = "文を短くするか、業務や免除を分けて実行し、別々に宣言してください。"
    raise ConfigurationError([Problem(file.at("declaration"), "宣言書が A4 一枚に収まりません。", hint)])


def _face(record: dict[str, Any]) -> dict[str, Any]:
    """What stands on the page, from the record alone."""
    signer, day = record["signer"], japanese_date(record["date"])
    return {
        "title": TITLE,
        "author": record["issuer"]["name"],
        "number": f"自己宣言の番号（発行者が付けたもの。適合確認番号ではありません）　{record['number']}",
        "statement": record["statement"],
        "rows": list(_rows(record)),
        "waivers": [_waiver_row(one) for one in record["waivers"]],
        "limits": record["limits"],
        "place": f"{record['place']}　{day}",
        "signer": f"{record['issuer']['name']}　{signer['title']}　{signer['name']}",
        "form": record["form"],
    }


def _rows(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    issuer, identity, profile = record["issuer"], record["object"], record["profile"]
    papers = record["supporting_documents"]
    claim, kind = Claim(record["claim"]), MunicipalityClass(profile["municipality_class"])
    yield "発行者", f"{issuer['name']}（法人番号 {issuer['corporate_number']}）\n{issuer['address']}"
    yield "問い合わせ先", issuer["contact"]
    yield (
        "宣言の対象",
        f"{identity['product']} {identity['version']}（ビルド {identity['build']}、事業者 {identity['vendor']}）",
    )
    yield (
        "要件表と版",
        "\n".join(
            f"{one['name']} {one['edition']}版 {wording.TABLE_STATES[one['status']]}" for one in record["standards"]
        ),
    )
    yield (
        "条件",
        f"{profile['municipality_name']}（{kind.label}、団体コード {profile['municipality_code']}）、"
        f"基準日 {japanese_date(profile['as_of'])}",
    )
    yield "実行の判定", f"{wording.CLAIM_SHAPES[claim]} {claim.label}　{wording.CLAIM_MEANINGS[claim]}"
    yield "満たした要件の数", _satisfied(record["counts"])
    if record["valid_until"]:
        yield "最も早い期限", f"{japanese_date(record['valid_until'])}（免除と人による確認のうち）"
    if record["conformity_numbers"]:
        yield (
            "適合確認番号",
            "、".join(record["conformity_numbers"]) + "（デジタル庁のもの。発行の有無は照合していません）",
        )
    yield "裏付け　実行", f"{papers['run']}（{papers['run_finished']} 終了、協定世界時）"
    yield "実行記録の SHA-256", papers["run_log_sha256"]
    yield "試験一式の照合値", papers["suite_digest"]
    yield "report.json の SHA-256", papers["report_json_sha256"]


def _satisfied(counts: dict[str, dict[str, int]]) -> str:
    """Counts, never a percentage; what was waived stands beside."""
    parts = (
        ("mandatory", "実装必須"),
        ("optional_claimed", "実装すると宣言した標準オプション"),
        ("prohibited", "実装不可"),
    )
    texts = []
    for name, label in parts:
        waived = counts[name][Status.WAIVED.value]
        texts.append(f"{label} {counts[name][Status.SATISFIED.value]} 件" + (f"（免除 {waived} 件）" if waived else ""))
    return "、".join(texts)


def _waiver_row(one: dict[str, Any]) -> tuple[str, ...]:
    return (
        f"{'、'.join(one['requirements'])}\n{wording.status_text(Status(one['underlying_status']))}",
        one["issuer"],
        f"{one['reason']}（範囲 {one['scope']}）",
        japanese_date(one["expires"]),
    )
