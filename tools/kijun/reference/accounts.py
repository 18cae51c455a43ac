"""Users as individuals: period, section, role, restrictions, reserved transfers, and signing in with two factors.

Pages for clerks call `enter` with a user id, a passphrase and a one-time code, and send the returned token as
`Authorization: Bearer …` with every request; `sign_out` ends it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kijun.reference import events, one_time
from kijun.reference.errors import Refusal
from kijun.reference.store import Base, Store, next_number

MAX_FAILURES = 5
_ROUNDS = 20_000  # small on purpose: the reference holds synthetic users only
TOKYO = timezone(timedelta(hours=9))
_NOT_PROVED = (
    "利用者ID、合言葉又は認証番号が正しくありません。入力を確かめ、続けて失敗したときは管理者に連絡してください。"
)


class UserAccount(Base):
    __tablename__ = "user_account"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str]
    role: Mapped[str]
    usable_since: Mapped[date]
    usable_through: Mapped[date]
    salt: Mapped[str]
    passphrase_digest: Mapped[str]
    authenticator_key: Mapped[str]
    last_step: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)


class Transfer(Base):
    """人事異動: from a day on, another section and role, or none any more."""

    __tablename__ = "user_transfer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    effective_on: Mapped[date]
    section: Mapped[str]
    role: Mapped[str | None]  # None: leaves


class Restriction(Base):
    __tablename__ = "user_restriction"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    operation_name: Mapped[str] = mapped_column(primary_key=True)


class SignIn(Base):
    __tablename__ = "user_sign_in"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    signed_on: Mapped[date]
    is_open: Mapped[bool] = mapped_column(default=True)


@dataclass(frozen=True)
class Standing:
    """What a user is on a day."""

    section: str
    role: str | None
    state: str  # active | not_yet | expired | left | locked


def now() -> datetime:
    return datetime.now(TOKYO)


def account(session: Session, tenant: str, user_id: str) -> UserAccount:
    found = session.get(UserAccount, (tenant, user_id))
    if found is None:
        raise Refusal("not_found", "その利用者IDの利用者はいません。利用者IDを確かめてください。")
    return found


def transfers_of(session: Session, tenant: str, user_id: str) -> list[Transfer]:
    question = select(Transfer).where(Transfer.tenant == tenant, Transfer.user_id == user_id)
    return list(session.scalars(question.order_by(Transfer.effective_on, Transfer.number)))


def standing(session: Session, user: UserAccount, day: date) -> Standing:
    """Section and role on the day, reserved transfers counted from their day on; and whether the user may work."""
    section, role = user.section, user.role
    for one in transfers_of(session, user.tenant, user.user_id):
        if has_begun(one.effective_on, day):
            section, role = one.section, one.role or ""
    return Standing(section, role or None, state_on(user, role, day))


def has_begun(effective_on: date, day: date) -> bool:
    return effective_on <= day


def state_on(user: UserAccount, role: str, day: date) -> str:
    """The first and the last day of the period are days of work."""
    if day < user.usable_since:
        return "not_yet"
    if day > user.usable_through:
        return "expired"
    if not role:
        return "departed"
    return "locked" if is_locked(user) else "active"


def is_locked(user: UserAccount) -> bool:
    return user.failures >= MAX_FAILURES


def is_restricted(session: Session, tenant: str, user_id: str, operation: str) -> bool:
    return session.get(Restriction, (tenant, user_id, operation)) is not None


def digest(salt: str, passphrase: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), bytes.fromhex(salt), _ROUNDS).hex()


def sign_in(session: Session, tenant: str, user_id: str, passphrase: str, code: str, day: date) -> str:
    """A token for the day, when both factors are right. Raises SignInFailed, whose `note` keeps the failure."""
    user = session.get(UserAccount, (tenant, user_id))
    if user is None:
        raise SignInFailed(_failure_note(tenant, user_id, day, counts=False))
    step = proved_step(user, passphrase, code)
    if step is None or standing(session, user, day).state != "active":
        raise SignInFailed(_failure_note(tenant, user_id, day, counts=step is None))
    user.failures, user.last_step = 0, step
    token = f"u-{secrets.token_urlsafe(32)}"
    session.add(SignIn(tenant=tenant, token_digest=_token_digest(token), user_id=user_id, signed_on=day))
    events.note(session, tenant, "authentication", day, user_id, "サインイン", "completed")
    return token


def proved_step(user: UserAccount, passphrase: str, code: str) -> int | None:
    """Both factors: the step of the one-time code, or None when either is wrong."""
    step = one_time.matching_step(user.authenticator_key, code, int(now().timestamp()), user.last_step)
    is_known = hmac.compare_digest(digest(user.salt, passphrase), user.passphrase_digest)
    return step if is_known else None


class SignInFailed(Refusal):
    """Says nothing about which factor was wrong; `note` must be run in a transaction that is kept."""

    def __init__(self, note: Callable[[Session], None]) -> None:
        super().__init__("forbidden", _NOT_PROVED)
        self.note = note


def _failure_note(tenant: str, user_id: str, day: date, counts: bool) -> Callable[[Session], None]:
    def note(session: Session) -> None:
        user = session.get(UserAccount, (tenant, user_id))
        if user is not None and counts:
            user.failures += 1
        events.note(session, tenant, "authentication", day, user_id, "サインイン", "refused")

    return note


def enter(store: Store, tenant: str, user_id: str, passphrase: str, code: str, day: date) -> str | None:
    """`sign_in` in transactions of its own: the token, or None. A failure is counted and logged either way."""
    try:
        with store.transaction() as session:
            return sign_in(session, tenant, user_id, passphrase, code, day)
    except SignInFailed as failure:
        with store.transaction() as session:
            failure.note(session)
        return None


def sign_out(session: Session, tenant: str, token: str) -> None:
    found = session.get(SignIn, (tenant, _token_digest(token)))
    if found is not None:
        found.is_open = False


def user_of_token(session: Session, tenant: str, token: str, day: date) -> tuple[str, str] | None:
    """User id and role behind a token of the day, when the user may still work."""
    found = session.get(SignIn, (tenant, _token_digest(token)))
    if found is None or not found.is_open or found.signed_on != day:
        return None
    now_is = standing(session, account(session, tenant, found.user_id), day)
    return (found.user_id, now_is.role) if now_is.state == "active" and now_is.role else None


def _token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def add_transfer(session: Session, tenant: str, transfer: Transfer) -> None:
    transfer.tenant, transfer.number = tenant, next_number(session, Transfer, tenant)
    session.add(transfer)
