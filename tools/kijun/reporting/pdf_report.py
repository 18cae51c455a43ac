"""The report for print and for the files of an office: one PDF, tagged, with bookmarks, told apart without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from kijun.catalog.root import shipped_root
from kijun.catalog.run_folder import LOG_NAME, log_digest
from kijun.model.conformance import CaseOutcome, RequirementOutcome
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import Method
from kijun.model.statement import Answer
from kijun.model.values import japanese_date
from kijun.model.verdict import Status, Verdict
from kijun.press.legible import legible
from kijun.press.typesetter import typeset
from kijun.reporting import wording
from kijun.reporting.run_view import RunView

TITLE = "標準仕様への適合報告"
_LIMIT = 6_000  # requirements, a doubtful one counted five times: then the compiler holds up to 3 GB (adr 0018)
_CASES = 10  # failed cases shown for one requirement; the others are counted
_CASES_IN_ALL = 1_000
_MESSAGE = 1000  # characters of one message
_DOUBTFUL = (Status.NOT_SATISFIED, Status.INCONCLUSIVE)


def render(view: RunView) -> bytes:
    """report.pdf, as of the day of the run. A character that no font draws stands as its code, never as a blank.

    Raises ConfigurationError for more requirements than the memory of an office's computer holds.
    """
    _check_size(view)
    form = shipped_root() / "reports" / "templates" / "report.typ"
    return typeset(form, legible(_content(view)), datetime.fromisoformat(view.report.facts.start["time"]))


def _check_size(view: RunView) -> None:
    outcomes = view.report.outcomes
    doubtful = sum(one.underlying in _DOUBTFUL for one in outcomes)
    if len(outcomes) + 4 * doubtful > _LIMIT:
        message = (
            f"要件が {len(outcomes):,} 件、うち満たさないものと判定できないものが {doubtful:,} 件あるので、"
            "PDF にしません。パソコンのメモリーが足りなくなります。"
        )
        hint = "業務ごとに分かれた report.xlsx を印刷するか、画面で report.html を読んでください。"
        raise ConfigurationError([Problem(Position.of(view.folder), message, hint)])


def _content(view: RunView) -> dict[str, Any]:
    outcomes = view.report.outcomes
    return {
        "title": TITLE,
        "author": f"kijun {view.report.facts.start['kijun']}",
        "object": wording.product_text(view),
        "claim": {
            "sign": wording.CLAIM_SHAPES[view.report.claim],
            "label": view.report.claim.label,
            "meaning": wording.CLAIM_MEANINGS[view.report.claim],
        },
        "cover": wording.summary_rows(view),
        "caveats": wording.caveats(view),
        "control": _control(view),
        "control_notes": _CONTROL_NOTES,
        "reasons": view.report.reasons,
        "counts": wording.count_rows(view),
        "legend": [(wording.status_text(status), wording.MEANINGS[status]) for status in Status],
        "preflight": wording.preflight_rows(view),
        "crossed": _crossed(outcomes),
        "businesses": _businesses(view),
        "troubles": list(_troubles(view)),
        "limits": wording.LIMITS,
        "waivers": [_waiver(one, one.waiver) for one in outcomes if one.waiver],
        "unverified": [
            (one.requirement.id, one.requirement.text, one.because)
            for one in outcomes
            if one.underlying is Status.NOT_VERIFIED
        ],
        "people": list(_people(view)),
    }


_CONTROL_NOTES = (
    "この報告書は、実行フォルダーの記録だけから作ります。同じ記録からは、いつ作っても同じファイルができます。",
    "PDF/UA-1（読み上げに対応する形式）を指定して作っています。第三者が確かめたものではありません。",
)


def _control(view: RunView) -> list[tuple[str, str]]:
    start = view.report.facts.start
    return [
        ("文書", f"{TITLE}（印刷用）"),
        ("作成", f"kijun {start['kijun']} が実行記録から計算"),
        ("対象の実行", f"{start['time']} 開始（協定世界時）"),
        ("条件", f"{start['profile']['title']}（{start['profile']['id']}）"),
        (f"実行記録（{LOG_NAME}）の SHA-256", log_digest(view.folder)),
        ("要件とシナリオの写しの SHA-256", start["catalog"]),
        ("試験一式の照合値", start["suite_digest"]),
        ("計画の照合値", start["selection"]["plan_digest"]),
        ("絞り込み", "あり（適合とは言えません）" if start["selection"]["filtered"] else "なし"),
        ("値を作る種", start["seed"]),
        ("要件の数", f"{len(view.report.outcomes)} 件"),
    ]


def _crossed(outcomes: Iterable[RequirementOutcome]) -> list[list[str]]:
    """Claimed by reviewed by verified, a header row first; only pairs that occur."""
    found: dict[tuple[str, str], list[Status]] = {}
    for one in outcomes:
        found.setdefault((one.claimed.label, wording.REVIEWS[one.review["value"]]), []).append(one.status)
    claims = [answer.label for answer in Answer]
    reviews = list(wording.REVIEWS.values())
    order = sorted(found, key=lambda pair: (claims.index(pair[0]), reviews.index(pair[1])))
    head = ["宣言", "団体の確認", *(wording.status_text(status) for status in Status)]
    return [head, *([*pair, *(str(found[pair].count(status)) for status in Status)] for pair in order)]


def _businesses(view: RunView) -> list[dict[str, Any]]:
    """Requirements by business, 大項目 and 中項目, each in the order of its table."""
    found: dict[str, dict[str, dict[str, list[tuple[str, ...]]]]] = {}
    for one in view.report.outcomes:
        row = one.requirement.row
        majors = found.setdefault(one.requirement.business, {})
        majors.setdefault(row["major"], {}).setdefault(row["middle"], []).append(_row(one))
    return [
        {
            "title": view.snapshot["names"][business],
            "majors": [
                {"title": major, "middles": [{"title": middle, "rows": rows} for middle, rows in middles.items()]}
                for major, middles in majors.items()
            ],
        }
        for business, majors in found.items()
    ]


def _row(one: RequirementOutcome) -> tuple[str, ...]:
    return (
        f"{one.requirement.id}\n{wording.obligation_text(one.obligation)}"
        f"（{wording.CERTAINTIES[one.requirement.category_source]}）",
        f"【{one.requirement.name}】{one.requirement.text}",
        one.claimed.label,
        _status(one),
        wording.review_text(one),
    )


def _status(one: RequirementOutcome) -> str:
    text = wording.status_text(one.status)
    return text if one.status is one.underlying else f"{text}\n元の判定 {wording.status_text(one.underlying)}"


def _troubles(view: RunView) -> Iterator[dict[str, Any]]:
    room = _CASES_IN_ALL
    for one in view.report.outcomes:
        if one.underlying in _DOUBTFUL:
            cases = [case for case in one.cases if case.verdict is not Verdict.PASS]
            shown = cases[: min(_CASES, room)]
            room -= len(shown)
            yield _trouble(view, one, shown, len(cases) - len(shown))


def _trouble(view: RunView, one: RequirementOutcome, cases: list[CaseOutcome], left: int) -> dict[str, Any]:
    return {
        "title": f"{one.requirement.id}　{one.requirement.name}",
        "text": one.requirement.text,
        "kind": f"{wording.obligation_text(one.obligation)}　宣言 {one.claimed.label}　検証 {_status(one)}",
        "because": _short(one.because),
        "cases": [row for case in cases for row in _case(view, case)],
        "more": f"ほか {left} 件のシナリオは report.html にあります。" if left > 0 else "",
    }


def _case(view: RunView, case: CaseOutcome) -> Iterator[tuple[str, str]]:
    scenario = view.scenario(case)
    yield "シナリオ", f"{case.name}\n{scenario['file']}:{scenario['line']}"
    fault = f"（{case.fault.label}）" if case.fault else ""
    yield "結果", f"{case.verdict.label}{fault}\n{_short(case.message)}"
    if case.fault:
        yield "次にすること", case.fault.remedy
    for one in case.disputes:
        yield "異議", wording.dispute_text(one)


def _short(message: str) -> str:
    return message if len(message) <= _MESSAGE else message[:_MESSAGE] + "…（以下は実行記録にあります）"


def _waiver(one: RequirementOutcome, waiver: dict[str, Any]) -> tuple[str, ...]:
    return (
        one.requirement.id,
        wording.status_text(one.underlying),
        waiver["issuer"],
        f"{waiver['reason']}\n範囲 {waiver['scope']}",
        japanese_date(waiver["expires"]),
    )


def _people(view: RunView) -> Iterator[tuple[str, str, str, str]]:
    texts = {
        one.requirement.id: one.requirement.text
        for one in view.report.outcomes
        if one.requirement.method is not Method.TEST
    }
    for identity, method, state in wording.people_rows(view):
        yield identity, texts[identity], method, state
