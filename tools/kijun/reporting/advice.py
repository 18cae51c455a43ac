"""What to do about a cause: what it means, whom to ask, and a question that can be sent as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from kijun.reporting import wording
from kijun.reporting.causes import Cause, Kind
from kijun.reporting.run_view import RunView

_SHOWN = 5
_LAWS = 3

MEANINGS = {
    Kind.OPERATION: "試験に要る操作を、ドライバーが提供していません。"
    "製品にない機能か、つないでいないだけかは、まだ分かりません。",
    Kind.CONTRADICTION: "製品の答えが、要件と法令から導いた期待と違います。",
    Kind.PRECONDITION: "シナリオの前提を製品の中に作れず、要件を満たすかどうかを確かめられません。",
    Kind.DRIVER: "ドライバーの応答が約束の形と違い、製品のことは何も分かりません。",
    Kind.ENVIRONMENT: "つながらない、時間内に答えがないなど、動かす環境の問題です。製品のことは何も分かりません。",
    Kind.CONFIGURATION: "実行の設定の誤りです。製品のことは何も分かりません。",
    Kind.SUITE: "試験一式の誤りの疑いがあります。製品の不適合とは扱いません。",
    Kind.UNRUN: "実施していない検査があります。実施していないものを適合とは扱いません。",
    Kind.STATEMENT: "宣言書の答えが、この要件の実装区分と合いません。",
    Kind.UNANSWERED: "宣言書に答えがありません。無回答は「いいえ」ではなく、未検証です。",
    Kind.ATTESTATION: "機械では確かめられない要件です。担当課の確認（証言）が要ります。",
}
WHOM = {
    Kind.OPERATION: "製品の事業者（ドライバーの作成者）",
    Kind.CONTRADICTION: "製品の事業者",
    Kind.PRECONDITION: "製品の事業者",
    Kind.DRIVER: "ドライバーの作成者",
    Kind.ENVIRONMENT: "この製品を動かしている担当（情報システム担当）",
    Kind.CONFIGURATION: "この試験を実行した担当",
    Kind.SUITE: "試験一式の公表元",
    Kind.UNRUN: "この試験を実行した担当",
    Kind.STATEMENT: "製品の事業者",
    Kind.UNANSWERED: "製品の事業者",
    Kind.ATTESTATION: "業務の担当課",
}
_QUESTIONS = {
    Kind.OPERATION: (
        "この機能は製品にありますか。あるときは、画面又はAPIの名前をお知らせください。",
        "あるときは、ドライバーから呼べるようになる時期をお知らせください。",
        "ないときは、宣言書の答えと、実装する時期をお知らせください。",
    ),
    Kind.CONTRADICTION: (
        "この結果は製品の仕様のとおりですか。仕様のとおりなら、要件との違いをどう考えますか。",
        "誤りであれば、直した版とその時期をお知らせください。",
        "同じ誤りで、これまでに出した値や帳票があれば、その範囲をお知らせください。",
    ),
    Kind.PRECONDITION: (
        "この前提を作れない理由（必須の項目、順序、設定など）をお知らせください。",
        "ドライバー又は製品を直すときは、その時期をお知らせください。",
    ),
    Kind.DRIVER: ("ドライバーの応答を操作の形式（JSON Schema）に合わせ、直した版をお知らせください。",),
    Kind.ENVIRONMENT: (
        "実施した時刻に、製品が動き、通信できていたかを確かめてください。",
        "直ったら、kijun run --resume で続きを実行してください。",
    ),
    Kind.CONFIGURATION: ("kijun doctor で設定を確かめ、実行し直してください。",),
    Kind.SUITE: ("このシナリオが要件と法令に照らして正しいかを確かめ、直した版をお知らせください。",),
    Kind.UNRUN: ("実行を最後まで行ってください（止まった実行は kijun run --resume で続けられます）。",),
    Kind.STATEMENT: (
        "宣言書の答えに誤りはありませんか。",
        "答えのとおりであれば、実装する時期、又は使えないようにする方法をお知らせください。",
    ),
    Kind.UNANSWERED: ("宣言書の「実装」「未実装」「予定（時期）」のどれかでお答えください。",),
    Kind.ATTESTATION: ("要件ごとの手順（kijun attest）に従って確かめ、結果、部署、日付、証拠を記録してください。",),
}


def title(view: RunView, cause: Cause) -> str:
    """The cause in one line, without its numbers."""
    operation = view.operation_label(cause.operation)
    if cause.kind is Kind.OPERATION:
        return f"操作「{operation}」が提供されていません"
    return f"操作「{operation}」: {cause.what}" if cause.operation else cause.what


def conditions(view: RunView) -> list[str]:
    """Under which conditions the run was made: the same in every letter."""
    wanted = ("製品", "団体", "基準日", "要件表", "実施", "試験一式の照合値")
    return [f"{label}: {text}" for label, text in wording.summary_rows(view) if label in wanted]


def question(view: RunView, cause: Cause, under: Iterable[str]) -> str:
    """A letter to whoever can answer: what happened, under which conditions, on what basis, and what to answer."""
    asked = (f"{number}. {text}" for number, text in enumerate(_QUESTIONS[cause.kind], start=1))
    parts = (
        f"{WHOM[cause.kind]} 様",
        f"{wording.product_text(view)} の適合試験について、確認をお願いします。",
        "\n".join(("【起きたこと】", title(view, cause), MEANINGS[cause.kind], *_example(view, cause))),
        "\n".join(("【関係する要件】", *_requirements(cause))),
        "\n".join(("【条件】", *under)),
        "\n".join(("【お尋ね】", *asked)),
    )
    return "\n\n".join(parts)


def _example(view: RunView, cause: Cause) -> Iterable[str]:
    if not cause.cases:
        return
    case = cause.cases[0]
    scenario = view.scenario(case)
    yield f"例（{len(cause.cases)} 件のうち）: {case.name}（{scenario['file']}:{scenario['line']}）"
    if case.failed_step is not None:
        step = scenario["steps"][case.failed_step]
        yield f"止まったステップ: {step['keyword']} {step['text']}"
    if case.message:
        yield f"内容: {case.message}"
    if case.evidence:
        yield f"証跡: {case.evidence}"


def _requirements(cause: Cause) -> Iterable[str]:
    for one in cause.requirements[:_SHOWN]:
        laws = "、".join(map(str, one.requirement.legal_basis[:_LAWS]))
        yield f"{one.requirement.id}（{wording.obligation_text(one.obligation)}） {one.requirement.text}　根拠: {laws}"
    if len(cause.requirements) > _SHOWN:
        yield f"ほか {len(cause.requirements) - _SHOWN} 件"
