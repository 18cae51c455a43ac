"""Keys are never overwritten, and a signature covers the very bytes that were written."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from bundles import flipped
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kijun.bundle.envelope import Envelope, check_code, to_be_signed
from kijun.bundle.keys import fingerprint, new_key, read_private, read_public
from kijun.model.errors import ConfigurationError


def test_a_pair_of_keys_is_for_its_owner_only_and_is_never_overwritten(tmp_path: Path) -> None:
    told = new_key(tmp_path / "k")
    assert fingerprint(read_public(tmp_path / "k" / "key.pub")) == told
    assert fingerprint(read_private(tmp_path / "k").public_key()) == told
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "k" / "key").stat().st_mode) == 0o600
    before = (tmp_path / "k" / "key").read_bytes()
    with pytest.raises(ConfigurationError, match="鍵がすでにあります"):
        new_key(tmp_path / "k")
    (tmp_path / "k" / "key.pub").unlink()
    with pytest.raises(ConfigurationError, match="鍵がすでにあります"):
        new_key(tmp_path / "k")
    assert (tmp_path / "k" / "key").read_bytes() == before


def test_what_is_no_ed25519_key_is_told(tmp_path: Path) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for content in (b"", b"\xff\x00", pem, public):
        (tmp_path / "key").write_bytes(content)
        with pytest.raises(ConfigurationError, match="Ed25519 の鍵のファイルではありません"):
            read_private(tmp_path)
        with pytest.raises(ConfigurationError, match="Ed25519 の鍵のファイルではありません"):
            read_public(tmp_path / "key")
    with pytest.raises(ConfigurationError, match="鍵を読めません"):
        read_private(tmp_path / "nowhere")


def test_the_signed_bytes_are_those_of_dsse() -> None:
    assert to_be_signed(b"hello world") == b"DSSEv1 28 application/vnd.in-toto+json 11 hello world"


def test_an_envelope_is_only_the_bytes_that_were_written(keys: Path) -> None:
    key = read_private(keys)
    envelope = Envelope.sign(b'{"a":1}', key)
    assert Envelope.read(envelope.as_bytes()) == envelope
    assert envelope.is_signed_by(key.public_key())
    assert Envelope.sign(b'{"a":1}', key).as_bytes() == envelope.as_bytes()
    assert not Envelope(b'{"a":2}', envelope.key, envelope.signature).is_signed_by(key.public_key())
    content = envelope.as_bytes()
    for place in range(len(content)):
        try:
            read = Envelope.read(content[:place] + flipped(content[place : place + 1]) + content[place + 1 :])
        except ValueError:
            continue
        assert not read.is_signed_by(key.public_key()), content[place - 10 : place + 10]


def test_the_check_code_is_two_groups_of_eight(keys: Path) -> None:
    assert check_code(b"") == "WERC8GMR ZGE196QV"  # the first 80 bits of e3b0c44298fc1c149afb…
    assert check_code(b"a") != check_code(b"b")
