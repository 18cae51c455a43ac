"""In whose name a document goes out on a day, and whether it bears the official seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common.paper_records import Issuer, SealChoice
from kijun.reference.store import next_number

DEFAULT_POST = "見本市長"


@dataclass(frozen=True)
class Signature:
    """Post, name and whether it is somebody acting in the place of the office holder."""

    post: str
    name: str | None
    is_acting: bool


def add(desk: Desk, post: str, name: str, start: date, end: date | None, is_acting: bool) -> None:
    """A new office holder from a day on, or somebody acting in a period (地方自治法152条). Raises Refusal."""
    if end is not None and end < start:
        raise Refusal("invalid_value", "代理の終了日が開始日より前です。終了日は開始日以後の日にしてください。")
    number = next_number(desk.session, Issuer, desk.id)
    desk.session.add(
        Issuer(
            tenant=desk.id,
            number=number,
            issuer_office=post,
            issuer_name=name,
            issuer_from=start,
            issuer_expires_on=end,
            is_acting_issuer=is_acting,
        )
    )
    desk.session.flush()


def in_force(desk: Desk, day: date) -> Signature:
    """Whoever acts on that day goes before the office holder; the latest entry before older ones."""
    question = select(Issuer).where(Issuer.tenant == desk.id).order_by(Issuer.issuer_from, Issuer.number)
    entries = [one for one in desk.session.scalars(question) if covers(one, day)]
    acting = [one for one in entries if one.is_acting_issuer]
    chosen = (acting or entries)[-1:]
    if not chosen:
        return Signature(DEFAULT_POST, None, False)
    return Signature(chosen[0].issuer_office, chosen[0].issuer_name, chosen[0].is_acting_issuer)


def covers(one: Issuer, day: date) -> bool:
    """Both the first and the last day of a period count."""
    return one.issuer_from <= day and (one.issuer_expires_on is None or day <= one.issuer_expires_on)


def bears_seal(desk: Desk, document_kind: str) -> bool:
    """With the official seal, unless the municipality has chosen otherwise for this document."""
    chosen = desk.session.get(SealChoice, (desk.id, document_kind))
    return chosen is None or chosen.official_seal


def seal_words(signature: Signature) -> str:
    """見本市長之印; 職務代理者 use a seal of their own."""
    return f"{signature.post.split('　')[0]}之印"
