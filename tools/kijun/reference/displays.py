"""Item by item: what a role, or one user, does not get to see; applied to every answer that leaves the system."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from kijun.reference.store import Base

HIDDEN = "＊＊＊＊"
# the keys under which an item leaves the system, wherever it stands
_KEYS = {
    "name": {"name", "addressee_name", "imprint_name", "name_kana", "common_name", "former_surname", "roman_name"},
    "address": {"address", "mailing_address"},
    "personal_number": {"personal_number", "covered_personal_number"},
}


class ItemDisplay(Base):
    __tablename__ = "item_display"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)  # "role:…" or "user:…"
    item: Mapped[str] = mapped_column(primary_key=True)
    is_visible: Mapped[bool]


def decide(session: Session, tenant: str, subject: str, item: str, is_visible: bool) -> None:
    session.merge(ItemDisplay(tenant=tenant, subject=subject, item=item, is_visible=is_visible))


def hidden_items(session: Session, tenant: str, role: str, user_id: str) -> set[str]:
    """What is decided for the user goes before what is decided for the role."""
    subjects = (f"role:{role}", f"user:{user_id}")  # in the order of their names, so that the user comes last
    question = select(ItemDisplay).where(ItemDisplay.tenant == tenant, ItemDisplay.subject.in_(subjects))
    items = {one.item: one.is_visible for one in session.scalars(question.order_by(ItemDisplay.subject))}
    return {item for item, is_visible in items.items() if not is_visible}


def masked(answer: Any, hidden: set[str]) -> Any:
    """The answer with hidden texts covered, at any depth: lists and documents too."""
    return _masked(answer, {key for item in hidden for key in _KEYS.get(item, {item})}) if hidden else answer


def _masked(answer: Any, keys: set[str]) -> Any:
    if isinstance(answer, list):
        return [_masked(one, keys) for one in answer]
    if not isinstance(answer, dict):
        return answer
    return {key: _covered(value) if key in keys else _masked(value, keys) for key, value in answer.items()}


def _covered(value: Any) -> Any:
    return HIDDEN if isinstance(value, str) and value else value
