"""A signed envelope (DSSE 1.0): the signature covers the very bytes of the payload, and its type with them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kijun.bundle.keys import fingerprint

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: nothing that sounds or looks like something else


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands in statement.dsse.json. Nothing in it may be believed before `is_signed_by`."""

    payload: bytes
    key: str
    signature: bytes

    @classmethod
    def sign(cls, payload: bytes, key: Ed25519PrivateKey) -> Envelope:
        return cls(payload, fingerprint(key.public_key()), key.sign(to_be_signed(payload)))

    @classmethod
    def read(cls, content: bytes) -> Envelope:
        """Raises ValueError for anything but the bytes that `as_bytes` writes: an edited file is no envelope."""
        try:
            record = json.loads(content)
            [signature] = record["signatures"]
            found = cls(_unpacked(record["payload"]), signature["keyid"], _unpacked(signature["sig"]))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError("not an envelope") from error
        if found.as_bytes() != content:
            raise ValueError("not the bytes of an envelope")
        return found

    def as_bytes(self) -> bytes:
        record = {
            "payload": _packed(self.payload),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [{"keyid": self.key, "sig": _packed(self.signature)}],
        }
        return (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(self.signature, to_be_signed(self.payload))
        except InvalidSignature:
            return False
        return self.key == fingerprint(key)


def to_be_signed(payload: bytes) -> bytes:
    """The bytes that are signed (DSSE: PAE)."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def check_code(envelope: bytes) -> str:
    """Two groups of eight characters, 80 bits of the SHA-256 of the envelope, to compare by telephone or on paper."""
    number = int.from_bytes(hashlib.sha256(envelope).digest()[:10], "big")
    chars = "".join(_ALPHABET[number >> bits & 31] for bits in range(75, -1, -5))
    return f"{chars[:8]} {chars[8:]}"


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
