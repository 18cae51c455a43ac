"""RFC 3161 tokens made elsewhere: what they say about an envelope, and what can be proved of it without a network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response
from rfc3161_client.verify import SHA256_OID, SHA384_OID, SHA512_OID

from kijun.model.errors import ConfigurationError, Position, Problem

_HASHES = {SHA256_OID: hashlib.sha256, SHA384_OID: hashlib.sha384, SHA512_OID: hashlib.sha512}


@dataclass(frozen=True, slots=True)
class Token:
    """The time a token names. Unless `is_proved`, only its imprint was compared, not the authority's signature."""

    time: datetime
    is_proved: bool


class TokenMismatch(ValueError):
    """A token that cannot be read, is about something else, or is not from the authority it should be from."""


def read_token(token: bytes, envelope: bytes, authority: tuple[Certificate, ...] = ()) -> Token:
    """Compare a token with an envelope; with certificates of the authority, prove it too. Raises TokenMismatch."""
    try:
        response = decode_timestamp_response(token)
        imprint = response.tst_info.message_imprint
        hash_of = _HASHES.get(imprint.hash_algorithm.dotted_string)
        time = response.tst_info.gen_time.astimezone(UTC)
    except ValueError as error:
        raise TokenMismatch(f"タイムスタンプとして読めません（{error}）。") from error
    if hash_of is None or imprint.message != hash_of(envelope).digest():
        raise TokenMismatch("タイムスタンプは、この束の署名に対するものではありません。")
    if not authority:
        return Token(time, is_proved=False)
    builder = VerifierBuilder()
    for certificate in authority:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(response, envelope)
    except (VerificationError, ValueError) as error:
        raise TokenMismatch(
            f"タイムスタンプは、指定した証明書の時刻認証局のものと確かめられません（{error}）。"
        ) from error
    return Token(time, is_proved=True)


def read_authority(path: Path) -> tuple[Certificate, ...]:
    """Certificates of an authority from a PEM file. Raises ConfigurationError."""
    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        hint = "時刻認証局が公開している証明書（PEM 形式）を指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "証明書として読めません。", hint)]) from error
