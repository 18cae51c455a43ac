"""Packs a run into a signed archive, after the log was found whole and nobody's data was found in it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kijun.bundle import archive, layout, statement
from kijun.bundle.envelope import Envelope, check_code
from kijun.bundle.log_check import contradictions
from kijun.bundle.privacy import PrivacyFindings, search
from kijun.bundle.timestamp import TokenMismatch, read_token
from kijun.catalog.run_folder import EVIDENCE, LOG_NAME, read_events, read_evidence
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.personal_number import personal_numbers_in

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Clearance:
    """An office that looked at what the privacy gate found, and why it may leave the house all the same."""

    office: str = ""
    reason: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.office and self.reason)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written: the code to compare, who signed, how many files, and what the privacy gate found."""

    code: str
    key: str
    files: int
    privacy: PrivacyFindings


def seal(
    folder: Path,
    reports: Mapping[str, bytes],
    key: Ed25519PrivateKey,
    out: Path,
    now: datetime,
    clearance: Clearance | None = None,
    token: bytes | None = None,
) -> Sealed:
    """Write the bundle of a run folder. Equal folder, reports and key give equal bytes.

    `reports` are those made from this folder, by file name. Raises ConfigurationError for a log that no single run
    writes, for evidence that is missing or too big, for findings of the privacy gate without a clearance, and for a
    token about something else.
    """
    _check_sizes(folder)
    events = list(read_events(folder))
    faults = contradictions(folder, events, now)
    if faults:
        hint = "元の実行フォルダーに戻すか、実行し直してください。"
        raise ConfigurationError([Problem(Position.of(folder / LOG_NAME), fault, hint) for fault in faults])
    data = _data(folder, events, reports)
    snapshot = read_evidence(folder, events[0]["catalog"])
    findings = search(sorted(data.items()), layout.exchange_members(events), snapshot)
    if findings.places and not (clearance and clearance.is_given):
        raise ConfigurationError(_refusals(folder, findings))
    data[layout.PRIVACY] = layout.as_json(privacy_record(findings, clearance or Clearance()))
    members = _signed(data, events, key)
    envelope = members[layout.STATEMENT]
    if token is not None:
        _check_token(token, envelope)
        members[layout.TOKEN] = token
    tags = {name: layout.sha256(content) for name, content in members.items() if not name.startswith(layout.DATA)}
    members[layout.TAG_MANIFEST] = layout.manifest(tags)
    _write(out, members)
    return Sealed(check_code(envelope), Envelope.read(envelope).key, len(members), findings)


def privacy_record(findings: PrivacyFindings, clearance: Clearance) -> dict[str, Any]:
    """privacy.json: how much was found and where, and the office that let it pass."""
    return {
        **findings.counts(),
        "places": list(findings.places),
        "office": clearance.office if findings.places else "",
        "reason": clearance.reason if findings.places else "",
    }


def _check_sizes(folder: Path) -> None:
    """Before anything is read: a run that no receiver would open is not packed."""
    sizes = {path: path.stat().st_size for path in [folder / LOG_NAME, *(folder / EVIDENCE).iterdir()]}
    hint = "製品の応答が大きすぎないかを確かめ、実行を業務ごとに分けてください。"
    problems = [
        Problem(Position.of(path), f"大きすぎます（{size} バイト。{archive.MOST_BYTES >> 20} MiB まで）。", hint)
        for path, size in sizes.items()
        if size > archive.MOST_BYTES
    ]
    if sum(sizes.values()) > archive.MOST_BYTES_IN_ALL:
        told = f"実行の記録が全部で {archive.MOST_BYTES_IN_ALL >> 20} MiB を超えます。"
        problems.append(Problem(Position.of(folder), told, hint))
    if problems:
        raise ConfigurationError(problems)


def _data(folder: Path, events: list[dict[str, Any]], reports: Mapping[str, bytes]) -> dict[str, bytes]:
    attachments = {name: one for name, one in layout.attachment_members(events).items() if layout.is_packed(name)}
    cited = [layout.evidence_member(events[0]["catalog"]), *layout.exchange_members(events), *attachments]
    data = {
        layout.LOG: (folder / LOG_NAME).read_bytes(),
        layout.ICS: layout.ics(folder),
        **{name: _evidence(folder / name.removeprefix(layout.DATA)) for name in cited},
        **{f"{layout.DATA}{name}": content for name, content in reports.items()},
    }
    changed = [name for name, digest in attachments.items() if layout.sha256(data[name]) != digest]
    if changed:
        hint = "元の証跡に戻すか、実行し直してください。"
        raise ConfigurationError(
            [
                Problem(Position.of(folder / name.removeprefix(layout.DATA)), "証跡が書き換えられています。", hint)
                for name in changed
            ]
        )
    return data


def _evidence(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "実行フォルダーを丸ごと戻してください。"
        raise ConfigurationError([Problem(Position.of(path), "証跡がありません。", hint)]) from error


def _signed(data: Mapping[str, bytes], events: list[dict[str, Any]], key: Ed25519PrivateKey) -> dict[str, bytes]:
    digests = {name: layout.sha256(content) for name, content in data.items()}
    members = {**data, layout.BAGIT: layout.BAGIT_TEXT, layout.MANIFEST: layout.manifest(digests)}
    report, privacy = (json.loads(data[name]) for name in (layout.REPORT, layout.PRIVACY))
    payload = statement.write(
        {name: layout.sha256(content) for name, content in members.items()},
        statement.predicate(events, report, privacy),
    )
    return {**members, layout.STATEMENT: Envelope.sign(payload, key).as_bytes()}


def _refusals(folder: Path, findings: PrivacyFindings) -> list[Problem]:
    hint = "実在の人のものなら、試験用の環境から消して実行し直してください。"
    otherwise = "そうでなければ、--privacy-office に部署名、--privacy-reason に理由を書いて記録してください。"
    kinds = (("個人番号のように見える数字", findings.numbers), ("架空と分からない氏名・住所など", findings.persons))
    problems = [
        Problem(Position.of(folder), f"{place} に、{what}があります。", hint + otherwise)
        for what, places in kinds
        for place in places[:_SHOWN]
    ]
    left = len(findings.places) - len(problems)
    return [
        *problems,
        *([Problem(Position.of(folder), f"同じような所が、ほかに {left} か所あります。")] if left else []),
    ]


def check_words(clearance: Clearance) -> list[str]:
    """What is wrong with the words of a clearance: they go into the bundle themselves."""
    faults = []
    if bool(clearance.office) != bool(clearance.reason):
        faults.append("--privacy-office と --privacy-reason は、両方とも書いてください。")
    if any(personal_numbers_in(clearance.office + "\n" + clearance.reason)):
        faults.append("--privacy-office か --privacy-reason に、個人番号のように見える数字があります。")
    return faults


def _check_token(token: bytes, envelope: bytes) -> None:
    try:
        read_token(token, envelope)
    except TokenMismatch as error:
        hint = f"この実行と鍵で作った束の {layout.STATEMENT} に対して、タイムスタンプを取り直してください。"
        raise ConfigurationError([Problem(Position.of("--timestamp"), str(error), hint)]) from error


def _write(out: Path, members: Mapping[str, bytes]) -> None:
    if out.exists():
        hint = "渡した束を消さないよう、別の名前を --out に指定してください。"
        raise ConfigurationError([Problem(Position.of(out), "その名前のファイルがすでにあります。", hint)])
    beside = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        archive.write(beside, members)
        os.replace(beside, out)
    except OSError as error:
        hint = "場所、空き容量、書込みの権限を確かめてください。"
        problem = Problem(Position.of(out), f"束を書けません（{error.strerror}）。", hint)
        raise ConfigurationError([problem]) from error
    finally:
        beside.unlink(missing_ok=True)
