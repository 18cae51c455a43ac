"""Who is acting, in which municipality, on which day; and what every request does before and after its work."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from kijun.reference import accounts, displays, events, logbook
from kijun.reference.errors import Refusal
from kijun.reference.store import Municipality, Tenant, hold_tenant, municipality

ROLES = ("assessor", "inquirer", "administrator")
LOG_READING = frozenset(
    {"get_operation_log", "verify_operation_log", "get_event_log", "analyze_log", "list_expired_logs"}
)
ADMINISTRATION = LOG_READING | {
    "register_user",
    "unlock_user",
    "restrict_user",
    "reserve_transfer",
    "set_item_display",
    "set_log_retention",
    "take_in_device_log",
}
OPEN = frozenset({"sign_in", "calculate_one_time_code", "copy_screen"})
EXTRACTION = frozenset({"extract_data", "store_extract_condition"})
_PRINTED = frozenset({"issue", "screen_copy"})


@dataclass
class Desk:
    """One request at the counter: transaction, municipality, operator, day."""

    session: Session
    id: str  # of the tenant
    role: str
    today: date
    target_id: str | None = None
    has_exceptions: bool = False  # whether a restriction or a hidden item has to be looked for at all
    user_id: str = ""  # of the individual who signed in; empty for the account that every role has
    category: str = "modification"
    more: Callable[[Desk], dict[str, Any]] | None = None  # what is left to do, in a transaction of its own
    on_refusal: list[Callable[[Session], None]] = field(default_factory=list)  # what to keep although refused

    @property
    def operator(self) -> str:
        return self.user_id or f"{self.role}-01"


def token_of(tenant: Tenant | Municipality, role: str) -> str:
    return hashlib.sha256(f"{tenant.secret}:{role}".encode()).hexdigest()


def role_of(tenant: Tenant | Municipality, token: str) -> str | None:
    """The role whose token this is."""
    return next((one for one in ROLES if token_of(tenant, one) == token), None)


def sit_down(session: Session, tenant_id: str, authorization: str, day: date | None, is_query: bool) -> Desk:
    """Find municipality and role from the headers; who changes something holds the municipality. Raises Refusal."""
    tenant = municipality(session, tenant_id) if is_query else hold_tenant(session, tenant_id)
    if tenant is None:
        raise Refusal("not_found", "その団体はありません。")
    token, today = authorization.removeprefix("Bearer ").strip(), day or tenant.business_date
    role = role_of(tenant, token)
    if role is not None:
        return Desk(session, tenant.id, role, today, has_exceptions=tenant.has_exceptions)
    user = accounts.user_of_token(session, tenant.id, token, today)
    if user is None:
        raise Refusal("forbidden", "利用者を確かめられません。")
    return Desk(session, tenant.id, user[1], today, has_exceptions=tenant.has_exceptions, user_id=user[0])


def authorize(desk: Desk, operation: str, is_query: bool) -> None:
    """Assessors change and inquire, inquirers inquire, administrators keep users and logs and inquire."""
    desk.category = logbook.category_of(operation, is_query)
    is_restricted = desk.has_exceptions and accounts.is_restricted(desk.session, desk.id, desk.operator, operation)
    if is_restricted or not may(desk.role, operation, is_query):
        raise Refusal("forbidden", "この利用者には、この処理の権限がありません。")


def may(role: str, operation: str, is_query: bool) -> bool:
    if operation in ADMINISTRATION:
        return role == "administrator"
    if operation in OPEN:
        return True
    if operation in EXTRACTION:
        return role in ("assessor", "inquirer")
    return is_query or role == "assessor"


def hidden_items(desk: Desk) -> set[str]:
    if not desk.has_exceptions:
        return set()
    return displays.hidden_items(desk.session, desk.id, desk.role, desk.operator)


def note_exception(session: Session, tenant: str) -> None:
    """From now on every request of this municipality looks for restrictions and hidden items."""
    session.get_one(Tenant, tenant).has_exceptions = True


def record(desk: Desk, operation: str, outcome: str) -> None:
    """Every operation leaves a line, the refused ones too; what comes out of a printer leaves a second one."""
    logbook.append(desk.session, log_line(desk, operation, outcome))
    if desk.category in _PRINTED and outcome == "completed":
        events.note(desk.session, desk.id, "printing", desk.today, desk.operator, operation, outcome)


def log_line(desk: Desk, operation: str, outcome: str) -> logbook.Line:
    return logbook.Line(
        tenant=desk.id,
        operated_on=desk.today,
        operated_time=events.clock_time(),
        operator=desk.operator,
        operator_role=desk.role,
        operation_name=operation,
        log_category=desk.category,
        target_id=desk.target_id,
        outcome=outcome,
    )
