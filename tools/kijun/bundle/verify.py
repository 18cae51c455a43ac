"""Verifies a bundle that somebody sent: signature first, then every file, then what the files say, judged again."""

from __future__ import annotations

import base64
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import Certificate

from kijun import __version__
from kijun.bundle import layout, statement
from kijun.bundle.archive import MOST_BYTES, Archive
from kijun.bundle.envelope import Envelope, check_code
from kijun.bundle.keys import fingerprint
from kijun.bundle.log_check import CLOCK_TOLERANCE, contradictions
from kijun.bundle.privacy import search
from kijun.bundle.seal import Clearance, privacy_record
from kijun.bundle.timestamp import Token, TokenMismatch, read_token
from kijun.catalog.run_folder import EVIDENCE, LOG_NAME, read_events, read_evidence
from kijun.model.errors import ProblemsFound

_REQUIRED = (layout.BAGIT, layout.MANIFEST, layout.LOG, layout.REPORT, layout.ICS, layout.PRIVACY)
_EVIDENCE = re.compile(rf"{layout.DATA}{EVIDENCE}/[0-9a-f]{{64}}\.json")
_ISLAND = re.compile(rb"(?<=>)H4sI[0-9A-Za-z+/=]+(?=<)")


class State(StrEnum):
    """What became of one file since it was signed."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.INTACT: "無傷",
    State.CHANGED: "変更",
    State.MISSING: "欠落",
    State.ADDED: "追加",
    State.UNKNOWN: "照合できず",
}


@dataclass(frozen=True, slots=True)
class Retrial:
    """A run judged again: its reports by file name, how many cases were played again, and what came out otherwise."""

    reports: Mapping[str, bytes]
    played: int
    disagreements: Sequence[str]
    unplayed: str  # why no case could be played again; empty when all were


@dataclass(frozen=True, slots=True)
class Verification:
    """What is known of a bundle. `predicate` is empty until the signature holds: nothing unsigned is repeated."""

    code: str
    digest: str
    signer: str
    is_signed: bool
    files: Mapping[str, State]
    predicate: Mapping[str, Any]
    findings: tuple[str, ...]
    unchecked: tuple[str, ...]
    played: int = 0
    token: Token | None = None

    @property
    def exit_code(self) -> int:
        """0 intact and judged alike, 1 something does not hold, 2 intact, but not everything could be judged again."""
        if self.findings:
            return 1
        return 2 if self.unchecked else 0


Judge = Callable[[Path], Retrial]


def verify(
    path: Path, trusted: Ed25519PublicKey, judge: Judge, now: datetime, authority: tuple[Certificate, ...] = ()
) -> Verification:
    """Verify a bundle against a key that came another way. Raises ConfigurationError for a file unfit to be read.

    `judge` judges an unpacked run folder again.
    """
    with Archive.open(path) as bundle:
        return _Examination(bundle, trusted, judge, now, authority).result()


class _Examination:
    """One bundle under one key; collects what it finds."""

    def __init__(
        self,
        bundle: Archive,
        trusted: Ed25519PublicKey,
        judge: Judge,
        now: datetime,
        authority: tuple[Certificate, ...],
    ) -> None:
        self._bundle, self._trusted, self._judge, self._now, self._authority = bundle, trusted, judge, now, authority
        self._digests = {name: bundle.digest(name) for name in bundle.names}
        self._content = self._read(layout.STATEMENT)
        self._findings: list[str] = []
        self._unchecked: list[str] = []
        self._played = 0

    def result(self) -> Verification:
        if layout.STATEMENT not in self._digests:
            return self._refused(State.MISSING, f"署名（{layout.STATEMENT}）がありません。")
        try:
            envelope = Envelope.read(self._content)
        except ValueError:
            return self._refused(State.CHANGED, f"署名（{layout.STATEMENT}）が、書かれたときのままではありません。")
        if not envelope.is_signed_by(self._trusted):
            return self._signed_by_another(_plain(envelope.key))
        try:
            signed, predicate = statement.read(envelope.payload)
        except ValueError:
            told = "署名は正しいのですが、署名された内容がこの形式の束のものではありません。"
            return self._refused(State.UNKNOWN, told, envelope.key, is_signed=True)
        return self._examined(envelope, signed, predicate)

    # the signature ----------------------------------------------------------------------------------

    def _signed_by_another(self, signer: str) -> Verification:
        if signer == fingerprint(self._trusted):
            told = "署名が、指定した鍵のものと確かめられません。署名の後で変わりました。"
            return self._refused(State.CHANGED, told, signer)
        return self._refused(State.UNKNOWN, f"別の鍵（指紋 {signer}）で署名したと書かれています。", signer)

    def _refused(self, state: State, finding: str, signer: str = "", is_signed: bool = False) -> Verification:
        """Nothing can be said of the files when nobody trusted signed a list of them."""
        files = {**dict.fromkeys(self._digests, State.UNKNOWN), layout.STATEMENT: state}
        return Verification(
            code=check_code(self._content) if self._content else "",
            digest=layout.sha256(self._content) if self._content else "",
            signer=signer,
            is_signed=is_signed,
            files=dict(sorted(files.items())),
            predicate={},
            findings=(finding,),
            unchecked=(),
        )

    def _examined(self, envelope: Envelope, signed: Mapping[str, str], predicate: Mapping[str, Any]) -> Verification:
        files = self._files(signed)
        self._tell_files(files, signed)
        token = self._token(files)
        if all(files[name] is State.INTACT for name in signed):
            self._judge_again(signed, predicate, token)
        else:
            self._findings.append("記録がそろわないので、判定を計算し直していません。")
        return Verification(
            code=check_code(self._content),
            digest=layout.sha256(self._content),
            signer=envelope.key,
            is_signed=True,
            files=files,
            predicate=predicate,
            findings=tuple(self._findings),
            unchecked=tuple(self._unchecked),
            played=self._played,
            token=token,
        )

    # the files --------------------------------------------------------------------------------------

    def _files(self, signed: Mapping[str, str]) -> dict[str, State]:
        states = {
            name: State.INTACT if self._digests.get(name) == digest else State.CHANGED
            for name, digest in signed.items()
        }
        states.update({name: State.MISSING for name in signed if name not in self._digests})
        known = {*signed, *layout.UNSIGNED}
        states.update({name: State.ADDED for name in self._digests if name not in known})
        states[layout.STATEMENT] = State.INTACT
        states.update(self._tags(signed))
        return dict(sorted(states.items()))

    def _tags(self, signed: Mapping[str, str]) -> dict[str, State]:
        """The list of tag files and the token: written after the signature, so compared with each other."""
        states: dict[str, State] = {}
        listed = layout.read_manifest(self._read(layout.TAG_MANIFEST))
        token = self._digests.get(layout.TOKEN)
        if token is not None or layout.TOKEN in listed:
            states[layout.TOKEN] = State.MISSING if token is None else State.INTACT
            if token is not None and listed.get(layout.TOKEN) != token:
                states[layout.TOKEN] = State.CHANGED if layout.TOKEN in listed else State.ADDED
        tags = {name: digest for name, digest in signed.items() if not name.startswith(layout.DATA)}
        tags[layout.STATEMENT] = self._digests[layout.STATEMENT]
        if layout.TOKEN in listed:
            tags[layout.TOKEN] = listed[layout.TOKEN]
        is_whole = self._read(layout.TAG_MANIFEST) == layout.manifest(tags)
        states[layout.TAG_MANIFEST] = State.INTACT if is_whole else State.CHANGED
        if layout.TAG_MANIFEST not in self._digests:
            states[layout.TAG_MANIFEST] = State.MISSING
        return states

    def _read(self, name: str) -> bytes:
        return self._bundle.read(name) if self._digests.get(name) else b""

    def _tell_files(self, files: Mapping[str, State], signed: Mapping[str, str]) -> None:
        for state in (State.CHANGED, State.MISSING, State.ADDED):
            names = [name for name, one in files.items() if one is state]
            if names:
                shown = "、".join(names[:5]) + (" ほか" if len(names) > 5 else "")
                self._findings.append(f"署名の後の{state.label}が {len(names)} 件あります（{shown}）。")
        absent = [name for name in _REQUIRED if name not in signed]
        if absent:
            self._findings.append(f"署名されたファイルに、あるべき {'、'.join(absent)} がありません。")
        odd = [name for name in signed if Path(name).suffix not in layout.SUFFIXES]
        if odd:
            self._findings.append(
                f"束に入れない種類のファイルが署名されています（{'、'.join(map(_plain, odd[:5]))}）。"
            )

    def _token(self, files: Mapping[str, State]) -> Token | None:
        if files.get(layout.TOKEN) not in (State.INTACT, State.ADDED):
            if self._authority:
                self._findings.append(
                    "タイムスタンプの証明書が指定されましたが、束に無傷のタイムスタンプがありません。"
                )
            return None
        try:
            token = read_token(self._bundle.read(layout.TOKEN), self._content, self._authority)
        except TokenMismatch as error:
            self._findings.append(str(error))
            return None
        if token.time > self._now + CLOCK_TOLERANCE:
            told = (
                f"タイムスタンプの日時（{token.time:%Y-%m-%d}）が、この機械の日付（{self._now:%Y-%m-%d}）より先です。"
            )
            self._findings.append(told)
        return token

    # what the files say -----------------------------------------------------------------------------

    def _judge_again(self, signed: Mapping[str, str], predicate: Mapping[str, Any], token: Token | None) -> None:
        if any(name not in signed for name in _REQUIRED):
            return
        with tempfile.TemporaryDirectory() as room:
            folder = Path(room)
            (folder / EVIDENCE).mkdir()
            (folder / LOG_NAME).write_bytes(self._bundle.read(layout.LOG))
            for name in filter(_EVIDENCE.fullmatch, signed):
                (folder / name.removeprefix(layout.DATA)).write_bytes(self._bundle.read(name))
            try:
                self._findings += self._compare(folder, signed, predicate, token)
            except ProblemsFound as error:
                self._findings += [f"記録を判定できません。{one.message}" for one in error.problems]
            except Exception as error:  # noqa: BLE001 - whatever a stranger's record does to the judge is told
                self._findings.append(f"記録の形が違い、判定できません（{type(error).__name__}）。")

    def _compare(
        self, folder: Path, signed: Mapping[str, str], predicate: Mapping[str, Any], token: Token | None
    ) -> Iterator[str]:
        events = list(read_events(folder))
        yield from contradictions(folder, events, self._now)
        again = self._judge(folder)
        self._played = again.played
        yield from (f"証跡から判定し直すと違います。{one}" for one in again.disagreements)
        if again.unplayed:
            self._unchecked.append(again.unplayed)
        yield from self._compare_reports(again.reports, signed, events[0]["kijun"])
        yield from self._compare_privacy(folder, events, signed)
        report, privacy = (
            json.loads(content) for content in (again.reports["report.json"], self._bundle.read(layout.PRIVACY))
        )
        if statement.predicate(events, report, privacy) != predicate:
            yield "署名された内容（判定、版、件数など）が、記録から計算し直したものと違います。"
        data = {name: digest for name, digest in signed.items() if name.startswith(layout.DATA)}
        if self._bundle.read(layout.MANIFEST) != layout.manifest(data):
            yield f"{layout.MANIFEST} が、署名されたファイルの一覧と違います。"
        if self._bundle.read(layout.ICS) != layout.ics(folder):
            yield f"{layout.ICS} の宣言が、実行記録の宣言と違います。"
        for name, digest in layout.attachment_members(events).items():
            if layout.is_packed(name) and signed.get(name) != digest:
                yield f"{name} が、実行記録の控えと違うか、署名されていません。"
        last = datetime.fromisoformat(events[-1]["time"])
        if token and token.time < last - CLOCK_TOLERANCE:
            yield f"タイムスタンプの日時（{token.time:%Y-%m-%d}）が、実行の終わり（{last:%Y-%m-%d}）より前です。"

    def _compare_reports(self, again: Mapping[str, bytes], signed: Mapping[str, str], author: str) -> Iterator[str]:
        yield from _differences(json.loads(self._bundle.read(layout.REPORT)), json.loads(again["report.json"]))
        for name in again:
            packed = f"{layout.DATA}{name}"
            if packed == layout.REPORT:
                continue
            if packed not in signed:
                yield f"{packed} が署名されていません。"
            elif author != __version__:
                told = f"{packed} は、別の版の kijun（{author}）が書いたので、文面を照らしていません。"
                self._unchecked.append(told)
            elif _words(name, self._bundle.read(packed)) != _words(name, again[name]):
                yield f"{packed} が、記録から作り直した報告書と違います。"

    def _compare_privacy(self, folder: Path, events: list[dict[str, Any]], signed: Mapping[str, str]) -> Iterator[str]:
        told = json.loads(self._bundle.read(layout.PRIVACY))
        data = ((name, self._bundle.read(name)) for name in sorted(signed) if name.startswith(layout.DATA))
        members = ((name, content) for name, content in data if name != layout.PRIVACY)
        found = search(members, layout.exchange_members(events), read_evidence(folder, events[0]["catalog"]))
        expected = privacy_record(found, Clearance(told.get("office", ""), told.get("reason", "")))
        if told != expected:
            yield f"個人番号・氏名などの調べの結果（{layout.PRIVACY}）が、調べ直したものと違います。"
        elif found.places and not (told["office"] and told["reason"]):
            yield f"個人番号・氏名などと疑われる所が {len(found.places)} か所ありますが、認めた部署と理由がありません。"


def _differences(packed: dict[str, Any], again: dict[str, Any]) -> Iterator[str]:
    """The claim and every requirement that the packed report tells otherwise, then anything else."""
    if packed == again:
        return
    yield f"{layout.REPORT} が、記録から計算し直したものと違います。"
    if packed.get("claim") != again["claim"]:
        yield f"全体の判定: 報告書は「{_plain(packed.get('claim'))}」、計算し直すと「{again['claim']}」です。"
    rows = packed.get("requirements", [])
    told = {one.get("id"): one.get("status") for one in rows if isinstance(one, dict)}
    for one in again["requirements"]:
        if told.get(one["id"]) != one["status"]:
            yield f"要件 {one['id']}: 報告書は「{_plain(told.get(one['id']))}」、計算し直すと「{one['status']}」です。"


def _words(name: str, content: bytes) -> Any:
    """A report without its compression, which differs between machines; of a report too big to unpack, nothing."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            fits = sum(entry.file_size for entry in book.infolist()) <= MOST_BYTES
            return {one: book.read(one) for one in book.namelist()} if fits else None
    return _ISLAND.sub(_unpacked, content) if name.endswith(".html") else content


def _unpacked(island: re.Match[bytes]) -> bytes:
    return zlib.decompressobj(wbits=31).decompress(base64.b64decode(island.group()), MOST_BYTES)


def _plain(words: Any) -> str:
    """Words of a stranger on one line, with everything but plain characters spelt out."""
    return ascii(str(words)[:100])[1:-1]
