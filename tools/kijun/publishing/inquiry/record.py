"""A count as data, for programs: requirements/schema/inquiry_count.json."""

from __future__ import annotations

from typing import Any

from kijun.model.requirement import MunicipalityClass
from kijun.publishing.inquiry import asked
from kijun.publishing.inquiry.counting import Count, RowCount
from kijun.publishing.inquiry.outliers import RULES, odd_bodies, odd_rows
from kijun.publishing.inquiry.replies import UNCLEAR


def as_record(count: Count) -> dict[str, Any]:
    """Everything that was counted, and everything that was not; shares are per cent, rounded to one decimal."""
    edition = count.inquiry.edition
    expected = count.inquiry.expected()
    return {
        "edition": {"name": edition.name, "digest": edition.digest, "businesses": list(edition.businesses)},
        "caveats": list(asked.caveats(edition)),
        "codes": [
            {"code": one.code, "sign": one.sign, "label": one.label, "opinion": one.is_opinion}
            for one in count.inquiry.codes.codes
        ],
        "files": count.files,
        "turnout": [
            {"class": kind.value, "asked": expected[kind], "answered": count.answering(kind)}
            for kind in MunicipalityClass
        ],
        "rows": [_row(row, count) for row in count.rows],
        "outliers": {
            "rules": list(RULES),
            "bodies": [
                {
                    "body": one.body,
                    "differing": one.differing,
                    "answered": one.answered,
                    "median": one.middle,
                }
                for one in odd_bodies(count)
            ],
            "rows": [
                {
                    "requirement": one.row,
                    "class": one.kind.value if one.kind else None,
                    "share": round(one.share, 1),
                    "compared": round(one.compared, 1),
                }
                for one in odd_rows(count)
            ],
        },
        "opinions": [
            {
                "about": one.row,
                "code": one.code or None,
                "opinion": one.opinion,
                "proposal": one.proposal,
                "bodies": list(one.bodies),
            }
            for one in count.opinions
        ],
        "replies": [
            {"body": body, "file": one.file, "office": one.office, "joint": one.is_joint}
            for body, one in count.counted.items()
        ],
        "unreadable": [{"file": one.file, "reason": one.reason, "hint": one.hint} for one in count.unreadable],
        "duplicates": [
            {
                "body": one.body,
                "files": list(one.files),
                "identical": one.is_identical,
                "counted": one.counted or None,
                "because": one.because,
            }
            for one in count.duplicates
        ],
        "uncounted": [
            {"file": one.file, "stated": one.stated, "reason": one.reason, "hint": one.hint} for one in count.uncounted
        ],
        "notes": [{"file": file, "place": one.place, "message": one.message} for file, one in count.notes],
        "passed_over": [{"file": one.file, "reason": one.reason} for one in count.passed_over],
        "silent": count.silent,
    }


def _row(row: RowCount, count: Count) -> dict[str, Any]:
    agreement = count.inquiry.codes.agreement.code
    return {
        "requirement": row.requirement.id,
        "business": row.requirement.business,
        "answered": row.answered(),
        "opinions": row.opinions(agreement),
        "unclear": row.counts()[UNCLEAR],
        "top": [{"code": one.code, "bodies": one.bodies} for one in row.top(agreement)],
        "classes": [
            {
                "class": kind.value,
                "answered": row.answered(kind),
                "unclear": codes[UNCLEAR],
                "codes": {code: codes[code] for code in sorted(codes, key=lambda one: int(one or 0)) if code},
            }
            for kind, codes in row.codes.items()
        ],
    }
