"""Words and shapes that every human-readable report shares: a verdict is never told by colour alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kijun.model.conformance import RequirementOutcome, attestation_state
from kijun.model.requirement import Method, MunicipalityClass, Obligation
from kijun.model.values import japanese_date
from kijun.model.verdict import Claim, Status
from kijun.publishing.requirement_sheet import CERTAINTIES as CERTAINTIES
from kijun.reporting.run_view import RunView

SHAPES = {
    Status.SATISFIED: "○",
    Status.NOT_SATISFIED: "×",
    Status.INCONCLUSIVE: "△",
    Status.NOT_VERIFIED: "－",
    Status.NOT_APPLICABLE: "・",
    Status.NOT_IMPLEMENTED: "□",
    Status.WAIVED: "◇",
}
MEANINGS = {
    Status.SATISFIED: "結び付いた全ての検査を実施し、全て合格しました。",
    Status.NOT_SATISFIED: "検査で要件に反することが示されたか、宣言と要件が矛盾しています。",
    Status.INCONCLUSIVE: "検査の前提が整わないか、試験側の誤りがあり、判定できません。",
    Status.NOT_VERIFIED: "確かめていません。適合とは扱いません。",
    Status.NOT_APPLICABLE: "団体区分や基準日から、この団体には適用されません。",
    Status.NOT_IMPLEMENTED: "任意の機能で、実装しないと宣言されています。適合を妨げません。",
    Status.WAIVED: "期限付きで免除されています。元の判定も示します。",
}
CLAIM_SHAPES = {
    Claim.CONFORMANT: "○",
    Claim.CONFORMANT_WITH_WAIVERS: "◇",
    Claim.NOT_CONFORMANT: "×",
    Claim.UNDETERMINED: "△",
}
CLAIM_MEANINGS = {
    Claim.CONFORMANT: "この条件で、必須の要件と宣言した任意の要件を全て満たし、実装不可の機能を持ちません。",
    Claim.CONFORMANT_WITH_WAIVERS: "期限付きの免除を除き、要件を満たしています。免除の期限を確かめてください。",
    Claim.NOT_CONFORMANT: "満たしていない要件があります。下の理由と要件別の結果を確かめてください。",
    Claim.UNDETERMINED: "確かめられていないことがあり、適合とも不適合とも言えません。下の理由を確かめてください。",
}
REVIEWS = {
    "agreed": "同意",
    "wording_only": "文言のみ充足",
    "workaround_accepted": "代替運用を容認",
    "rejected": "不同意",
    "not_reviewed": "未確認",
}
ATTESTATIONS = {
    "complete": "有効",
    "failed": "満たさない",
    "expired": "期限切れ",
    "changed": "証拠が変わった",
    "missing": "なし",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BADGE_STATES = {"draft": "（試案）", "consultation": "（意見照会中）"}  # the least certain first
TABLE_STATES = {"draft": "案（公式のものではありません）", "consultation": "意見照会中", "published": "公表"}

LIMITS = (
    "この判定は、この製品の版・ビルド、この版の要件表と試験一式、この団体の条件と基準日についてだけのものです。",
    "公的な証明ではありません。デジタル庁の適合確認（データ要件・連携要件）とも別のものです。",
    "要件表の本文・実装区分・適用日のうち「案」「推定」とあるものは、公式の表と照らし合わせていません。",
    "自動試験は、シナリオにある例を試したものです。例にない入力での動作までは示しません。",
    "人による確認は、記録した部署が述べたことです。その内容は検査していません。",
    "性能、セキュリティー、画面の使いやすさなど、要件表にないことについては何も示しません。",
)


def status_text(status: Status) -> str:
    return f"{SHAPES[status]} {status.label}"


def obligation_text(obligation: Obligation) -> str:
    return f"{obligation.symbol} {obligation.label}".strip()


def review_text(outcome: RequirementOutcome) -> str:
    review = outcome.review
    parts = [REVIEWS[review["value"]], *(review.get(name, "") for name in ("office", "date", "remark"))]
    parts += [f"範囲 {review['scope']}"] if "scope" in review else []
    parts += [f"期限 {japanese_date(review['expires'])}"] if "expires" in review else []
    return " ".join(part for part in parts if part)


def attestation_text(entry: Mapping[str, Any]) -> str:
    verdict = {"pass": "満たす", "fail": "満たさない"}[entry["verdict"]]
    dates = f"{japanese_date(entry['date'])}（{japanese_date(entry['expires'])}まで有効）"
    files = "、".join(f"{one['name']}（SHA-256 {one['sha256'][:12]}…）" for one in entry.get("evidence", ()))
    changed = "、".join(entry.get("changed_evidence", ()))
    parts = (
        verdict,
        entry["office"],
        dates,
        entry.get("remark", ""),
        files and f"証拠 {files}",
        changed and f"確認の後に変わった証拠 {changed}",
    )
    return " ".join(part for part in parts if part)


def waiver_text(entry: Mapping[str, Any]) -> str:
    until = japanese_date(entry["expires"])
    return f"{entry['issuer']}: {entry['reason']}（範囲 {entry['scope']}、期限 {until}）"


def dispute_text(entry: Mapping[str, Any]) -> str:
    until = japanese_date(entry["expires"])
    link = f" {entry['link']}" if "link" in entry else ""
    return f"{entry['issuer']}: {entry['reason']}（範囲 {entry['scope']}、期限 {until}）{link}"


def notes(view: RunView) -> list[tuple[str, str]]:
    """What somebody should look at though no verdict depends on it, as label and text."""
    found = [("働いていない免除", _idle(view, *idle)) for idle in view.report.idle_waivers()]
    for case in view.cases:
        found += [("異議（判定は変わりません）", f"{case.name}: {dispute_text(one)}") for one in case.disputes]
    return found


def _idle(view: RunView, outcome: RequirementOutcome, waiver: Mapping[str, Any]) -> str:
    is_late = date.fromisoformat(waiver["expires"]) < view.report.facts.day
    told = "期限が過ぎています。" if is_late else f"要件は「{outcome.status.label}」です。免除を外してください。"
    return f"{outcome.requirement.id} {told}{waiver_text(waiver)}"


def without_controls(text: str) -> str:
    """Without the control characters that XML cannot carry."""
    return _NOT_XML.sub("�", text)


def product_text(view: RunView) -> str:
    """Product and version as they named themselves at the start."""
    found = view.report.facts.identities
    return f"{found[0]['product']} {found[0]['version']}" if found else "製品不明"


def may_say(view: RunView) -> str:
    """What the claim allows its holder to say, in one sentence that can be quoted."""
    profile = view.report.facts.start["profile"]
    under = f"{profile['municipality_name']}の条件、{japanese_date(profile['as_of'])}の基準日"
    if view.report.claim in (Claim.CONFORMANT, Claim.CONFORMANT_WITH_WAIVERS):
        return f"「{product_text(view)} は、{under}で、下の要件表に{view.report.claim.label}です」と言えます。"
    judged = [one.status for one in view.report.outcomes if one.status is not Status.NOT_APPLICABLE]
    satisfied = judged.count(Status.SATISFIED)
    return (
        f"「適合」とは言えません。言えるのは「{product_text(view)} は、{under}で、"
        f"適用される要件 {len(judged)} 件のうち {satisfied} 件を満たすことを確かめた」までです。"
    )


def caveats(view: RunView) -> list[str]:
    """What must stand beside the claim: tables that are not published, obligations that are guesses."""
    drafts = [
        view.snapshot["names"][one["business"]] for one in view.snapshot["tables"] if one["status"] != "published"
    ]
    guesses = sum(one.requirement.category_source == "estimated" for one in view.report.outcomes)
    found = []
    if drafts:
        found.append(
            f"案の要件表による判定です（{'、'.join(drafts)}）。公表された標準仕様書への適合を示すものではありません。"
        )
    if guesses:
        total = len(view.report.outcomes)
        found.append(f"{total} 件のうち {guesses} 件の実装区分は推定で、公式の機能要件表とは照合していません。")
    return found


def summary_rows(view: RunView) -> list[tuple[str, str]]:
    """What was judged, under which conditions, as label and text."""
    start = view.report.facts.start
    profile = start["profile"]
    product = view.product
    kind = MunicipalityClass(profile["municipality_class"]).label
    tables = "、".join(
        f"{view.snapshot['names'][table['business']]} {table['edition']}版 {TABLE_STATES[table['status']]}"
        for table in view.snapshot["tables"]
    )
    return [
        ("製品", f"{product.get('product', '不明')} {product.get('version', '')}（ビルド {product.get('build', '')}）"),
        ("事業者", str(product.get("vendor", "不明"))),
        ("団体", f"{profile['municipality_name']}（{kind}、団体コード {profile['municipality_code']}）"),
        ("基準日", japanese_date(profile["as_of"])),
        ("要件表", tables),
        ("要件表の出所", " ".join(dict.fromkeys(table["source"] for table in view.snapshot["tables"]))),
        ("実施", f"{start['time']} 開始、{view.report.facts.finished_at or '終わっていません'} 終了（協定世界時）"),
        ("試験一式の照合値", start["suite_digest"]),
        ("シナリオ", f"選択 {start['selection']['scenarios']} 件、実施 {view.report.facts.executed} 件"),
        ("適合の裏付け", _backing(view)),
        ("つなぎ直し", f"{view.report.facts.restarts} 回"),
        *notes(view),
    ]


def _backing(view: RunView) -> str:
    """How many requirements are satisfied by what a machine observed, and how many by what people say."""
    methods = [one.requirement.method for one in view.report.outcomes if one.status is Status.SATISFIED]
    by_machine = methods.count(Method.TEST)
    return f"自動試験 {by_machine} 件、人による確認 {len(methods) - by_machine} 件"


def count_rows(view: RunView) -> list[list[str]]:
    """Counts by obligation and status, a header row first; never a percentage."""
    rows = [["実装区分", *(status_text(status) for status in Status)]]
    for obligation in (Obligation.MANDATORY, Obligation.OPTIONAL, Obligation.PROHIBITED):
        found = [one.status for one in view.report.outcomes if one.obligation is obligation]
        rows.append([obligation_text(obligation), *(str(found.count(status)) for status in Status)])
    return rows


def people_rows(view: RunView) -> list[tuple[str, str, str]]:
    """Requirements no machine observes: id, method, state of the attestation."""
    day = view.report.facts.day
    return [
        (
            one.requirement.id,
            one.requirement.method.label,
            ATTESTATIONS[attestation_state(one.attestations, day)],
        )
        for one in view.report.outcomes
        if one.requirement.method.value != "test" and one.status is not Status.NOT_APPLICABLE
    ]


def preflight_rows(view: RunView) -> list[tuple[str, str]]:
    return [("○" if one["ok"] else "×", str(one["message"])) for one in view.report.facts.preflight.values()]
