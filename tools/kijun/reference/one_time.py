"""Time-based one-time codes (RFC 6238, HMAC-SHA-1, steps of 30 seconds, six digits)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

STEP_SECONDS = 30
DIGITS = 6
DRIFT_STEPS = 1  # RFC 6238 5.2: one step for the delay between device and server


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, seconds: int) -> str:
    """The code at a moment in seconds since 1970. Raises ValueError when the secret is not base32."""
    return code_of_step(secret, seconds // STEP_SECONDS)


def code_of_step(secret: str, step: int) -> str:
    """RFC 4226 5.3: four bytes of the HMAC from the place that its last four bits name."""
    try:
        key = base64.b32decode(secret, casefold=True)
    except binascii.Error as error:
        raise ValueError("the secret is not base32") from error
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    place = mac[-1] & 0x0F
    number = struct.unpack(">I", mac[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, seconds: int, last_step: int) -> int | None:
    """The step whose code this is. A step that was used is never accepted again (RFC 6238 5.2)."""
    now = seconds // STEP_SECONDS
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if step > last_step and hmac.compare_digest(code_of_step(secret, step).encode(), code.encode()):
            return step
    return None
