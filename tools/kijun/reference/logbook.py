"""The operation log as a chain: every line carries a digest over itself and the line before it.

Whoever may rewrite all lines and the head of the chain in the database can still forge it. A municipality that must
exclude this keeps the head (`Tenant.log_head`) of every day outside the database.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from kijun.reference.store import LogEntry, Tenant, direct, hold_tenant, table_of

BATCHES = frozenset({"launch_batch", "rerun_batch", "cancel_batch_execution", "launch_due_batches"})
EXTRACTIONS = frozenset({"extract_data", "export_base_data", "export_legacy_layout"})
_ISSUING = ("issue_", "reissue_", "print_")


@dataclass
class Line:
    """A line about to be written: the columns of `LogEntry`."""

    tenant: str
    operated_on: date
    operated_time: str
    operator: str
    operator_role: str
    operation_name: str
    log_category: str
    target_id: str | None
    outcome: str
    sequence: int = 0
    digest: str = ""


_TENANTS, _LINES = table_of(Tenant), table_of(LogEntry)
_ADD_LINE = insert(_LINES).values({one.name: bindparam(one.name) for one in fields(Line)}).inline()
_MOVE_HEAD = (
    update(_TENANTS)
    .where(_TENANTS.c.id == bindparam("of"))
    .values(log_count=bindparam("count"), log_head=bindparam("head"))
)


def category_of(operation: str, is_query: bool) -> str:
    """照会・発行・更新・一括・抽出・画面の写し: what kind of use a line tells of."""
    if operation in BATCHES:
        return "batch"
    if operation in EXTRACTIONS:
        return "extract"
    if operation == "copy_screen":
        return "screen_copy"
    if operation.startswith(_ISSUING):
        return "issue"
    return "inquiry" if is_query else "modification"


def append(session: Session, line: Line) -> None:
    """Add a line behind the last one, with the municipality held, so that two lines never follow the same one."""
    tenant = hold_tenant(session, line.tenant)
    if tenant is None:
        raise LookupError(f"no tenant {line.tenant}")
    line.sequence = tenant.log_count + 1
    line.digest = digest_of(line, tenant.log_head)
    direct(session, _ADD_LINE, vars(line) | {"operated_on": line.operated_on.isoformat()})
    direct(session, _MOVE_HEAD, {"of": tenant.id, "count": line.sequence, "head": line.digest})
    tenant.log_count, tenant.log_head = line.sequence, line.digest


def digest_of(line: Line | LogEntry, previous: str) -> str:
    """SHA-256 over the digest of the line before and everything this line says."""
    said = [
        previous,
        line.sequence,
        line.operated_on.isoformat(),
        line.operated_time,
        line.operator,
        line.operator_role,
        line.operation_name,
        line.log_category,
        line.target_id,
        line.outcome,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def first_break(session: Session, tenant_id: str) -> int | None:
    """The number of the first line that is changed, missing or moved; None when the chain is whole."""
    tenant = hold_tenant(session, tenant_id)
    if tenant is None:
        raise LookupError(f"no tenant {tenant_id}")
    lines = session.scalars(select(LogEntry).where(LogEntry.tenant == tenant_id).order_by(LogEntry.id))
    previous, number = "", 0
    for number, line in enumerate(lines, start=1):
        if line.sequence != number or line.digest != digest_of(line, previous):
            return number
        previous = line.digest
    return None if (number, previous) == (tenant.log_count, tenant.log_head) else number + 1
