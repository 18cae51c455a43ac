"""Certificates that nobody trusts unless told to, made anew for a test."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest


def self_signed(place: Path, name: str, *more: str) -> None:
    """Write `name`.key and `name`.pem; a test is skipped where nothing can make them."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed on this machine")
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    written = ["-keyout", str(place / f"{name}.key"), "-out", str(place / f"{name}.pem")]
    subprocess.run([*new, *more, *written], check=True, capture_output=True)


def of_this_machine(place: Path) -> None:
    """Write server.key and server.pem, good for 127.0.0.1."""
    self_signed(place, "server", "-addext", "subjectAltName=IP:127.0.0.1")


def server_side(place: Path, asks_client: bool = False) -> ssl.SSLContext:
    """Of a server with server.pem; one that asks lets in whoever has client.pem."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place / "server.pem", place / "server.key")
    if asks_client:
        context.load_verify_locations(place / "client.pem")
        context.verify_mode = ssl.CERT_REQUIRED
    return context
