"""Where everything lies in a bundle: a BagIt 1.0 bag (RFC 8493) with a signed statement beside its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from kijun.catalog.run_folder import EVIDENCE, LOG_NAME, evidence_name, read_events

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
EVIDENCE_SUFFIXES = frozenset([".csv", ".jpg", ".json", ".pdf", ".png", ".txt"])
SUFFIXES = EVIDENCE_SUFFIXES | {".html", ".jsonl", ".tsr", ".xlsx", ".xml"}  # nothing that runs by itself
UNSIGNED = frozenset([TAG_MANIFEST, STATEMENT, TOKEN])  # the statement cannot name itself or what is made after it
BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def evidence_member(digest: str, media_type: str = "application/json") -> str:
    return f"{DATA}{EVIDENCE}/{evidence_name(digest, media_type)}"


def exchange_members(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """The members that hold what was said to a product and by it, case by case."""
    return [evidence_member(one["evidence"]) for one in events if one["event"] == "case" and one["evidence"]]


def attachment_members(events: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Name and digest of what a driver handed over beside the messages, whether such a file is packed or not."""
    attachments = (one for event in events for one in event.get("attachments", ()))
    return {evidence_member(one["sha256"], one["media_type"]): one["sha256"] for one in attachments}


def is_packed(name: str) -> bool:
    """Pages of a product may hold scripts, and what has no type may hold anything: these stay in the run folder."""
    return PurePosixPath(name).suffix in EVIDENCE_SUFFIXES


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
