"""Bundles of miniature runs, whole and doctored, with and without the signer's help."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from miniature import HonestPots, Miniature
from runs import folder, run

from kijun.bundle import archive, layout, statement
from kijun.bundle.envelope import Envelope
from kijun.bundle.keys import read_private, read_public
from kijun.bundle.seal import Clearance, Sealed, seal
from kijun.bundle.verify import Verification, verify
from kijun.cli.bundle_command import RENDERERS
from kijun.cli.verify_command import judge
from kijun.model.errors import ConfigurationError
from kijun.reporting.run_view import RunView

NOW = datetime(2100, 1, 1, tzinfo=UTC)  # tests are not about the clock, except where they say so
LOOKS_REAL = "123456789018"  # passes the check digit of a 個人番号; nobody's number
LOOKED_AT = Clearance("品質係", "試験用に作った番号であることを確かめた。")
Members = dict[str, bytes]


class KnowsSomebody(HonestPots):
    """Answers with what looks like somebody's number, and with a name that nobody invented."""

    def plant_pot(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        answer = super().plant_pot(pots, given)
        answer["result"]["tag"]["label"] = "山田太郎"
        pots["P1"]["label"] = f"番号 {LOOKS_REAL}"
        return answer


@dataclass
class Desk:
    """A vendor's key, a run, and where its bundles are written."""

    mini: Miniature
    keys: Path

    @property
    def private(self) -> Ed25519PrivateKey:
        return read_private(self.keys)

    @property
    def run(self) -> Path:
        return folder(self.mini)

    def reports(self) -> Members:
        view = RunView.read(self.run)
        return {name: render(view) for name, render in RENDERERS.items()}

    def seal(self, name: str = "a.zip", clearance: Clearance | None = None, **more: Any) -> tuple[Path, Sealed]:
        out = self.mini.root / name
        return out, seal(self.run, self.reports(), self.private, out, more.pop("now", NOW), clearance, **more)

    def verify(self, path: Path, now: datetime = NOW, **more: Any) -> Verification:
        trusted = read_public(self.keys / "key.pub")
        return verify(path, trusted, lambda unpacked: judge(unpacked, self.mini.root), now, **more)

    def doctored(self, change: Callable[[Members], object], name: str = "doctored.zip") -> Path:
        """The bundle of the run with members changed after signing."""
        members = members_of(self.seal("untouched.zip", LOOKED_AT)[0])
        (self.mini.root / "untouched.zip").unlink()
        change(members)
        path = self.mini.root / name
        archive.write(path, members)
        return path

    def lied(
        self, change: Callable[[Members], object], predicate: Mapping[str, Any] | None = None, manifest: bytes = b""
    ) -> Path:
        """A bundle whose signer changed the data first: every digest and the signature fit."""

        def sign_again(members: Members) -> None:
            _, told = statement.read(Envelope.read(members[layout.STATEMENT]).payload)
            change(members)
            data = {name: layout.sha256(one) for name, one in members.items() if name.startswith(layout.DATA)}
            members[layout.MANIFEST] = manifest or layout.manifest(data)
            tags = {name: layout.sha256(members[name]) for name in (layout.BAGIT, layout.MANIFEST)}
            payload = statement.write({**data, **tags}, {**told, **(predicate or {})})
            members[layout.STATEMENT] = Envelope.sign(payload, self.private).as_bytes()
            tags[layout.STATEMENT] = layout.sha256(members[layout.STATEMENT])
            members[layout.TAG_MANIFEST] = layout.manifest(tags)

        return self.doctored(sign_again, "lied.zip")


def desk(mini: Miniature, keys: Path, character: type[HonestPots] = HonestPots) -> Desk:
    run(mini, character)
    return Desk(mini, keys)


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def flipped(content: bytes) -> bytes:
    """The content with one bit of its middle byte turned."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def lines_of(members: Members) -> list[dict[str, Any]]:
    return [json.loads(line) for line in members[layout.LOG].splitlines()]


def write_lines(members: Members, events: list[dict[str, Any]]) -> None:
    members[layout.LOG] = "".join(
        json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n" for event in events
    ).encode()


def problems(error: ConfigurationError) -> str:
    return "\n".join(map(str, error.problems))


def hostile(vendor: Desk, name: str, content: bytes = b"1") -> Path:
    """A bundle with one more member, of any name."""
    path, _ = vendor.seal()
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, content)
    return path


def patched(path: Path, name: str, offset: int, form: str, value: int) -> Path:
    """The archive with one field of a member's entry in the central directory written over."""
    raw = bytearray(path.read_bytes())
    at = raw.rindex(name.encode()) - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    struct.pack_into(form, raw, at + offset, value)
    path.write_bytes(raw)
    return path
