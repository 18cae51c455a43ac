"""The operation log as a chain: every line carries a digest over itself and the line before it.

Whoever may rewrite all lines and the head of the chain in the database can still forge it. A municipality that must
exclude this keeps the head (`Tenant.log_head`) of every day outside the database.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from kijun.reference.store import LogEntry, Tenant, hold_tenant, table_of, write

BATCHES = frozenset({"launch_batch", "rerun_batch", "cancel_batch_execution", "launch_due_batches"})
EXTRACTIONS = frozenset({"extract_data", "export_base_data", "export_legacy_layout"})
_ISSUING = ("issue_", "reissue_", "print_")
_TENANTS = table_of(Tenant)
_MOVE_HEAD = update(_TENANTS).where(_TENANTS.c.id == bindparam("of"))


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


def append(session: Session, entry: LogEntry) -> None:
    """Add a line behind the last one, with the municipality held, so that two lines never follow the same one."""
    tenant = hold_tenant(session, entry.tenant)
    if tenant is None:
        raise LookupError(f"no tenant {entry.tenant}")
    entry.sequence = tenant.log_count + 1
    entry.digest = digest_of(entry, tenant.log_head)
    write(session, entry)
    head = {"log_count": entry.sequence, "log_head": entry.digest}
    session.connection().execute(_MOVE_HEAD, {"of": tenant.id, **head})
    for name, value in head.items():
        set_committed_value(tenant, name, value)  # known, and not to be written a second time


def digest_of(entry: LogEntry, previous: str) -> str:
    """SHA-256 over the digest of the line before and everything this line says."""
    said = [
        previous,
        entry.sequence,
        entry.operated_on.isoformat(),
        entry.operated_time,
        entry.operator,
        entry.operator_role,
        entry.operation_name,
        entry.log_category,
        entry.target_id,
        entry.outcome,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def first_break(session: Session, tenant_id: str) -> int | None:
    """The number of the first line that is changed, missing or moved; None when the chain is whole."""
    tenant = session.scalars(select(Tenant).where(Tenant.id == tenant_id)).one()
    lines = session.scalars(select(LogEntry).where(LogEntry.tenant == tenant_id).order_by(LogEntry.id))
    previous, number = "", 0
    for number, line in enumerate(lines, start=1):
        if line.sequence != number or line.digest != digest_of(line, previous):
            return number
        previous = line.digest
    return None if (number, previous) == (tenant.log_count, tenant.log_head) else number + 1
