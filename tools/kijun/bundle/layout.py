"""Where everything lies in a bundle: a BagIt 1.0 bag (RFC 8493) with a signed statement beside its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kijun.catalog.run_folder import EVIDENCE, LOG_NAME, read_events

BAGIT = "bagit.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
STATEMENT = "statement.dsse.json"
TOKEN = f"{STATEMENT}.tsr"
DATA = "data/"
LOG = f"{DATA}{LOG_NAME}"
REPORT = f"{DATA}report.json"
ICS = f"{DATA}ics.json"
PRIVACY = f"{DATA}privacy.json"
UNSIGNED = frozenset([TAG_MANIFEST, STATEMENT, TOKEN])  # the statement cannot name itself or what is made after it
BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def evidence_name(digest: str) -> str:
    return f"{DATA}{EVIDENCE}/{digest}.json"


def cited_evidence(events: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """(digest, whether it holds exchanges) of everything a log cites: the snapshot, and what was said in each case."""
    for event in events:
        if event["event"] == "run_started":
            yield event["catalog"], False
        if event["event"] == "case" and event["evidence"]:
            yield event["evidence"], True


def ics(folder: Path) -> bytes:
    """The vendor's declaration (ICS) as the run was judged by it."""
    return as_json(next(read_events(folder))["statement"])


def manifest(digests: Mapping[str, str]) -> bytes:
    """A manifest as BagIt writes it, sorted by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def read_manifest(content: bytes) -> dict[str, str]:
    """Name and digest of every line; lines of another form are passed over."""
    lines = (line.split("  ", 1) for line in content.decode("utf-8", errors="replace").splitlines())
    return {parts[1]: parts[0] for parts in lines if len(parts) == 2}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def as_json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
