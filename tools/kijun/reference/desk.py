"""Who is acting, in which municipality, on which day; and what every request does before and after its work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kijun.reference.errors import Refusal
from kijun.reference.store import LogEntry, Tenant

ROLES = ("assessor", "inquirer", "administrator")
LOG_READING = frozenset({"get_operation_log"})


@dataclass
class Desk:
    """One request at the counter: transaction, municipality, operator, day."""

    session: Session
    id: str  # of the tenant
    role: str
    today: date
    target_id: str | None = None

    @property
    def operator(self) -> str:
        return f"{self.role}-01"


def token_of(tenant: Tenant, role: str) -> str:
    return hashlib.sha256(f"{tenant.secret}:{role}".encode()).hexdigest()


def role_of(tenant: Tenant, token: str) -> str | None:
    """The role whose token this is."""
    return next((one for one in ROLES if token_of(tenant, one) == token), None)


def sit_down(session: Session, tenant_id: str, authorization: str, day: date | None) -> Desk:
    """Find municipality and role from the headers. Raises Refusal."""
    tenant = session.scalar(select(Tenant).where(Tenant.id == tenant_id))
    if tenant is None:
        raise Refusal("not_found", "その団体はありません。")
    token = authorization.removeprefix("Bearer ").strip()
    role = role_of(tenant, token)
    if role is None:
        raise Refusal("forbidden", "利用者を確かめられません。")
    return Desk(session, tenant.id, role, day or tenant.business_date)


def authorize(desk: Desk, operation: str, is_query: bool) -> None:
    """Assessors change and inquire, inquirers inquire, administrators read the log and inquire."""
    if not may(desk.role, operation, is_query):
        raise Refusal("forbidden", "この利用者には、この処理の権限がありません。")


def may(role: str, operation: str, is_query: bool) -> bool:
    if operation in LOG_READING:
        return role == "administrator"
    return is_query or role == "assessor"


def record(desk: Desk, operation: str, outcome: str) -> None:
    """Every operation leaves a line, the refused ones too."""
    desk.session.add(log_entry(desk, operation, outcome))


def log_entry(desk: Desk, operation: str, outcome: str) -> LogEntry:
    return LogEntry(
        tenant=desk.id,
        operated_on=desk.today,
        operator=desk.operator,
        operator_role=desk.role,
        operation_name=operation,
        target_id=desk.target_id,
        outcome=outcome,
    )
