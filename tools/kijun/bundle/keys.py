"""Ed25519 keys as files: key (PKCS #8, for its owner's eyes) and key.pub, both PEM."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from kijun.model.errors import ConfigurationError, Position, Problem

PRIVATE, PUBLIC = "key", "key.pub"
_MOST_BYTES = 10_000


def new_key(folder: Path) -> str:
    """Make a pair of keys in a folder and return the fingerprint. Raises ConfigurationError; never overwrites."""
    hint = "別のフォルダーを --out に指定してください。鍵を替えるときも、古い鍵は消さないでください。"
    taken = [folder / name for name in (PRIVATE, PUBLIC) if (folder / name).exists()]
    if taken:
        raise ConfigurationError([Problem(Position.of(path), "鍵がすでにあります。", hint) for path in taken])
    key = Ed25519PrivateKey.generate()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / PRIVATE, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
        _write(folder / PUBLIC, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    except OSError as error:
        hint = "場所と書込みの権限を確かめてください。"
        problem = Problem(Position.of(folder), f"鍵を書けません（{error.strerror}）。", hint)
        raise ConfigurationError([problem]) from error
    return fingerprint(key.public_key())


def _write(path: Path, content: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def read_private(folder: Path) -> Ed25519PrivateKey:
    """The key of a folder. Raises ConfigurationError."""
    path = folder / PRIVATE
    hint = "kijun key new --out で作った鍵のフォルダーを --key に指定してください。"
    try:
        key = load_pem_private_key(_read(path, hint), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _not_a_key(path, hint) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _not_a_key(path, hint)
    return key


def read_public(path: Path) -> Ed25519PublicKey:
    """A public key from a file. Raises ConfigurationError."""
    hint = "署名した相手から受け取った公開鍵（key.pub）を指定してください。"
    try:
        key = load_pem_public_key(_read(path, hint))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _not_a_key(path, hint) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _not_a_key(path, hint)
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key in DER (SubjectPublicKeyInfo), in hexadecimal."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _read(path: Path, hint: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError as error:
        raise ConfigurationError([Problem(Position.of(path), f"鍵を読めません（{error.strerror}）。", hint)]) from error


def _not_a_key(path: Path, hint: str) -> ConfigurationError:
    return ConfigurationError([Problem(Position.of(path), "Ed25519 の鍵のファイルではありません。", hint)])
