"""Tables around the levy after it was first decided: account transfers and notices of changed amounts."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class AccountTransfer(Base):
    """A taxpayer who pays by account transfer (口座振替) from a day on."""

    __tablename__ = "lvt_account_transfer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    transfers_from: Mapped[date]
