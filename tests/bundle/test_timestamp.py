"""Time stamps of an authority that this machine makes for itself with OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bundles import Desk, Members, flipped, members_of

from kijun.bundle import layout
from kijun.bundle.timestamp import TokenMismatch, read_authority, read_token
from kijun.bundle.verify import State
from kijun.model.errors import ConfigurationError

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the authority of these tests")

CONFIGURATION = """\
[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


@dataclass
class Authority:
    """Signs any digest with the clock of this machine."""

    room: Path

    def openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.room, check=True, capture_output=True)

    def stamp(self, envelope: bytes) -> bytes:
        (self.room / "envelope").write_bytes(envelope)
        self.openssl("ts", "-query", "-data", "envelope", "-sha256", "-cert", "-out", "a.tsq")
        self.openssl("ts", "-reply", "-queryfile", "a.tsq", "-config", "tsa.cnf", "-out", "a.tsr")
        return (self.room / "a.tsr").read_bytes()


def authority_in(room: Path) -> Authority:
    room.mkdir()
    made = Authority(room)
    (room / "tsa.cnf").write_text(CONFIGURATION, encoding="ascii")
    (room / "serial").write_text("01\n", encoding="ascii")
    new = ("-newkey", "rsa:2048", "-nodes", "-days", "7")
    made.openssl("req", "-x509", *new, "-subj", "/CN=CA", "-keyout", "ca.key", "-out", "ca.pem")
    made.openssl("req", *new[:3], "-subj", "/CN=TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
    leaf = ("-extfile", "tsa.cnf", "-extensions", "leaf", "-set_serial", "2", "-days", "7")
    made.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", *leaf, "-out", "tsa.pem")
    return made


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority_in(tmp_path_factory.mktemp("tsa") / "a")


def envelope_of(vendor: Desk, name: str = "first.zip") -> bytes:
    return members_of(vendor.seal(name)[0])[layout.STATEMENT]


def test_a_token_goes_into_the_same_bundle_made_again(vendor: Desk, authority: Authority) -> None:
    token = authority.stamp(envelope_of(vendor))
    path, _ = vendor.seal("stamped.zip", token=token)
    unproved = vendor.verify(path)
    assert unproved.exit_code == 0
    assert unproved.token is not None
    assert not unproved.token.is_proved
    assert abs(unproved.token.time - datetime.now(UTC)) < timedelta(minutes=5)
    proved = vendor.verify(path, authority=read_authority(authority.room / "ca.pem"))
    assert proved.exit_code == 0
    assert proved.token is not None
    assert proved.token.is_proved
    assert proved.code == unproved.code == vendor.verify(path.with_name("first.zip")).code


def test_a_token_about_something_else_is_refused(vendor: Desk, authority: Authority) -> None:
    token = authority.stamp(b"something else")
    with pytest.raises(ConfigurationError, match="この束の署名に対するものではありません"):
        vendor.seal(token=token)
    with pytest.raises(ConfigurationError, match="タイムスタンプとして読めません"):
        vendor.seal(token=b"no token")


def test_a_token_that_changed_or_went_missing_is_found(vendor: Desk, authority: Authority) -> None:
    path, _ = vendor.seal("stamped.zip", token=authority.stamp(envelope_of(vendor)))
    whole = members_of(path)

    def put(token: bytes) -> Members:
        return {**whole, layout.TOKEN: token}

    def state(members: Members) -> State | None:
        return vendor.verify(vendor.doctored(lambda one: (one.clear(), one.update(members)))).files.get(layout.TOKEN)

    assert state(put(flipped(whole[layout.TOKEN]))) is State.CHANGED
    assert state({name: one for name, one in whole.items() if name != layout.TOKEN}) is State.MISSING
    bare = members_of(path.with_name("first.zip"))
    assert state({**bare, layout.TOKEN: whole[layout.TOKEN]}) is State.ADDED


def test_a_token_of_another_authority_is_not_proved(vendor: Desk, authority: Authority, tmp_path: Path) -> None:
    path, _ = vendor.seal("stamped.zip", token=authority.stamp(envelope_of(vendor)))
    other = authority_in(tmp_path / "other")
    found = vendor.verify(path, authority=read_authority(other.room / "ca.pem"))
    assert any("時刻認証局のものと確かめられません" in one for one in found.findings)
    assert found.exit_code == 1


def test_a_certificate_without_a_token_is_a_finding(vendor: Desk, authority: Authority) -> None:
    found = vendor.verify(vendor.seal()[0], authority=read_authority(authority.room / "ca.pem"))
    assert any("束に無傷のタイムスタンプがありません" in one for one in found.findings)
    with pytest.raises(ConfigurationError, match="証明書として読めません"):
        read_authority(authority.room / "tsa.key")


def test_a_flipped_token_is_no_token_of_the_authority(authority: Authority) -> None:
    token = authority.stamp(b"envelope")
    certificates = read_authority(authority.room / "ca.pem")
    assert read_token(token, b"envelope", certificates).is_proved
    at = token.rindex(b"\x02\x01\x02")  # the serial number of the signer: behind it lie the signed attributes
    broken = token[: at + 80] + flipped(token[at + 80 : at + 81]) + token[at + 81 :]
    with pytest.raises(TokenMismatch):
        read_token(broken, b"envelope", certificates)


def test_a_token_from_the_future_or_before_the_run_is_found(vendor: Desk, authority: Authority) -> None:
    path, _ = vendor.seal("stamped.zip", token=authority.stamp(envelope_of(vendor)))
    early = vendor.verify(path, now=datetime.now(UTC) - timedelta(days=3))
    assert any("タイムスタンプの日時" in one and "より先です" in one for one in early.findings)
    text = (vendor.run / "run.jsonl").read_bytes().replace(b'"time":"2', b'"time":"7')  # the year 7026
    (vendor.run / "run.jsonl").write_bytes(text)
    late = datetime(8000, 1, 1, tzinfo=UTC)
    bare, _ = vendor.seal("late.zip", now=late)
    token = authority.stamp(members_of(bare)[layout.STATEMENT])
    stamped, _ = vendor.seal("late-stamped.zip", now=late, token=token)
    assert any("より前です" in one for one in vendor.verify(stamped, now=late).findings)
