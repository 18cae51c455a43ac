"""Evidence files: looked through for 個人番号, named by their digest, and kept beside the attestation."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from kijun.catalog.configuration import file_digest
from kijun.catalog.personal_data import is_searched, personal_numbers_in_file
from kijun.model.personal_number import personal_numbers_in

_SHOWN = 5
_UNFIT = frozenset('/\\:*?"<>|')


class Unacceptable(ValueError):
    """An answer of a person that cannot be taken: it is asked again, or told with its place."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} → {hint}")


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as it was when a person named it."""

    name: str
    source: Path
    sha256: str


def evidence_file(path: Path, name: str = "") -> EvidenceFile:
    """Look at a file. Raises Unacceptable when it is none, or holds what looks like a 個人番号."""
    shown = name or path.name
    try:
        if path.is_dir():
            raise Unacceptable(f"「{shown}」はフォルダーです。", "ファイルを一つずつ指定してください。")
        if not path.exists():
            hint = "ファイルの場所と名前を確かめてください。証拠がなければ空欄のままにします。"
            raise Unacceptable(f"証拠ファイル「{path}」がありません。", hint)
        if path.stat().st_size == 0:
            raise Unacceptable(f"証拠ファイル「{shown}」は空です。", "中身のあるファイルを指定してください。")
        _scan(path, shown)
        return EvidenceFile(_fit(shown), path, file_digest(path))
    except OSError as error:
        hint = "読む権限と、ほかのソフトで開いていないかを確かめてください。"
        raise Unacceptable(f"証拠ファイル「{shown}」を読めません（{error.strerror}）。", hint) from error


def keep(room: Path, one: EvidenceFile) -> str:
    """Copy a file into the room and return the name it has there: another file of that name is left alone."""
    room.mkdir(parents=True, exist_ok=True)
    name = one.name
    if (room / name).exists() and file_digest(room / name) != one.sha256:
        name = f"{Path(name).stem}-{one.sha256[:12]}{Path(name).suffix}"
    if not (room / name).exists():
        _copy(one, room / name)
    return name


def _copy(one: EvidenceFile, target: Path) -> None:
    beside = target.with_name(f".{target.name}.part")
    digest = hashlib.sha256()
    try:
        with one.source.open("rb") as source, beside.open("wb") as copy:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        if digest.hexdigest() != one.sha256:
            hint = "書き換えが終わってから、もう一度その要件に答えてください。"
            raise Unacceptable(f"証拠ファイル「{one.name}」が、確かめている間に変わりました。", hint)
        os.replace(beside, target)
    except OSError as error:
        hint = "元のファイル、保存先の空き容量と書込みの権限を確かめてください。"
        raise Unacceptable(f"証拠ファイル「{one.name}」を写せません（{error.strerror}）。", hint) from error
    finally:
        beside.unlink(missing_ok=True)


def _scan(path: Path, shown: str) -> None:
    if any(personal_numbers_in(shown)):
        hint = "番号を含まない名前に変えてください。"
        raise Unacceptable("証拠ファイルの名前に、個人番号のように見える数字があります。", hint)
    named = next((one for one in (path.name, shown) if is_searched(one)), None)
    places = personal_numbers_in_file(named, path.read_bytes()) if named else []
    if places:
        more = f" ほか、全部で{len(places)}か所" if len(places) > _SHOWN else ""
        told = f"証拠ファイル「{shown}」の {'、'.join(places[:_SHOWN])}{more}に、個人番号のように見える数字があります。"
        raise Unacceptable(told, "番号を消すか伏せた写しを作り、その写しを指定してください。")


def _fit(name: str) -> str:
    """A name that any file system takes, and that names nothing outside the room."""
    plain = unicodedata.normalize("NFC", name)
    fit = "".join("_" if char in _UNFIT or unicodedata.category(char)[0] == "C" else char for char in plain)
    stem, suffix = Path(fit).stem.strip(". ")[:60] or "証拠", Path(fit).suffix[:16]
    return f"{stem}{suffix}"
