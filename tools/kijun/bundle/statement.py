"""What is signed: an in-toto Statement v1 about every file, with the result of the test and what it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kijun.bundle.archive import is_name
from kijun.bundle.layout import as_json, attachment_members, is_packed, sha256
from kijun.model.requirement import MunicipalityClass
from kijun.model.verdict import Claim, Status, Verdict

TYPE = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
OURS = "https://kijun.example/bundle/v1"  # what the predicate has no field for stands under a URI, as in-toto asks
_PRODUCT = ("product", "vendor", "version", "build")
_RESULTS = {Claim.CONFORMANT: "PASSED", Claim.CONFORMANT_WITH_WAIVERS: "WARNED"}


def predicate(events: list[dict[str, Any]], report: Mapping[str, Any], privacy: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a run in the words of in-toto, computed from its log and its canonical report alone.

    What did not pass stands in failedTests; its verdict and the reason are in the report. There is no time of signing:
    nobody could check it. `recorded` gives the first and the last time of the log.
    """
    start = events[0]
    verdicts = _verdicts(report)
    return {
        "result": _RESULTS.get(Claim(report["claim"]), "FAILED"),
        "configuration": [
            _descriptor("suite", start["suite_digest"], edition=start["edition"]),
            _descriptor("plan", start["selection"]["plan_digest"]),
            _descriptor("catalog", start["catalog"]),
            _descriptor("profile", sha256(as_json(start["profile"])), profile=start["profile"]),
            _descriptor("statement", sha256(as_json(start["statement"]))),
        ],
        "passedTests": sorted(one for one, verdict in verdicts.items() if verdict == Verdict.PASS),
        "warnedTests": [],
        "failedTests": sorted(one for one, verdict in verdicts.items() if verdict != Verdict.PASS),
        OURS: {
            "kijun": start["kijun"],
            "recorded": [start["time"], events[-1]["time"]],
            "product": report["product"],
            "claim": report["claim"],
            "counts": report["counts"],
            "left_out": sum(not is_packed(name) for name in attachment_members(events)),
            "privacy": {key: value for key, value in privacy.items() if key != "places"},
        },
    }


def write(digests: Mapping[str, str], content: Mapping[str, Any]) -> bytes:
    """The statement over files (name to SHA-256) with its predicate."""
    subjects = [{"name": name, "digest": {"sha256": digest}} for name, digest in sorted(digests.items())]
    record = {"_type": TYPE, "subject": subjects, "predicateType": PREDICATE, "predicate": content}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read(payload: bytes) -> tuple[dict[str, str], dict[str, Any]]:
    """Digests by name, and the predicate, of a payload whose signature was checked. Raises ValueError."""
    try:
        record = json.loads(payload)
        digests = {one["name"]: one["digest"]["sha256"] for one in record["subject"]}
        content: dict[str, Any] = record["predicate"]
        _go_through(content)
        is_ours = record["_type"] == TYPE and record["predicateType"] == PREDICATE
    except (KeyError, TypeError, IndexError, ValueError, AttributeError, RecursionError) as error:
        raise ValueError("not a statement about a run") from error
    if not is_ours or len(digests) != len(record["subject"]) or not all(map(is_name, digests)):
        raise ValueError("not a statement about a run")
    return digests, content


def _go_through(content: Mapping[str, Any]) -> None:
    """Touch everything that a reader is told, so that what is missing is missed here."""
    ours, named = content[OURS], {one["name"]: one for one in content["configuration"]}
    suite, profile = named["suite"], named["profile"]["annotations"]["profile"]
    wanted = (
        (ours, ("kijun", "product", "left_out")),
        (ours["product"] or dict.fromkeys(_PRODUCT), _PRODUCT),
        (ours["privacy"], ("numbers", "persons", "unsearched", "office", "reason")),
        (profile, ("title", "municipality_name", "as_of")),
        (suite["digest"], ("sha256",)),
        *((ours["counts"][group], tuple(Status)) for group in ("mandatory", "optional_claimed", "prohibited")),
    )
    for place, keys in wanted:
        _ = [place[key] for key in keys]
    _ = Claim(ours["claim"]), MunicipalityClass(profile["municipality_class"]), ours["recorded"][1]
    _ = suite["annotations"]["edition"].items()


def _verdicts(report: Mapping[str, Any]) -> dict[str, str]:
    return {case["scenario"]: case["verdict"] for one in report["requirements"] for case in one["derivation"]["cases"]}


def _descriptor(name: str, digest: str, **annotations: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "digest": {"sha256": digest}}
    return {**found, "annotations": annotations} if annotations else found
