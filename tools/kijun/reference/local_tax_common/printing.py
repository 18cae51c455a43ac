"""From a request to a finished sheet: items, window, signature, instructions, and what does not fit."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from kijun.reference import paper, papers, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import barcode, issuers, wording
from kijun.reference.local_tax_common.findings import Finding
from kijun.reference.local_tax_common.paper_records import Capacity, MailingCode, Overflow, PaperNeed, Print, Wording
from kijun.reference.store import Taxpayer, find, next_number

# full-width characters that fit; an item that is not named here wraps
DEFAULT_CAPACITY = {"氏名": 40, "住所": 60, "通信欄": 20}


@dataclass(frozen=True)
class Draft:
    """Everything known about a print before it is made."""

    kind: papers.Paper
    request: papers.Request
    person: Taxpayer | None  # None when only the content tells whom it is for
    content: dict[str, Any]
    sheet: paper.Sheet
    signature: issuers.Signature
    words: Wording | None
    overflows: list[dict[str, Any]]

    @property
    def items(self) -> list[dict[str, str]]:
        """Label and text of everything in the table and the instructions, as printed."""
        return [{"imprint_item": label, "imprint_text": text} for label, text in self.sheet.items + self.sheet.notes]


def draft(desk: Desk, kind: papers.Paper, request: papers.Request) -> Draft:
    """Compose the sheet. Raises Refusal when the document may not be issued."""
    content = kind.produce(desk, request)
    person = taxpayers.taxpayer(desk, kind.addressee(desk, request)) if kind.addressee else None
    signature = issuers.in_force(desk, desk.today)
    words = words_of(desk, kind, request)
    sheet = compose(desk, kind, content, person, signature, words)
    return Draft(kind, request, person, content, sheet, signature, words, overflows(desk, kind.title, sheet.items))


def words_of(desk: Desk, kind: papers.Paper, request: papers.Request) -> Wording | None:
    """The words of the document's own fiscal year, not of the year in which it is printed again."""
    year = request.fiscal_year if request.fiscal_year is not None else wording.fiscal_year_of(desk.today)
    return wording.of_year(desk, kind.title, year)


def compose(
    desk: Desk,
    kind: papers.Paper,
    content: dict[str, Any],
    person: Taxpayer | None,
    signature: issuers.Signature,
    words: Wording | None,
) -> paper.Sheet:
    lines = papers.lines(kind, content)
    notes = [(label, text) for key, label, text in lines if key in kind.notes]
    if words is not None:
        notes.append(("教示", words.instruction))
    return paper.Sheet(
        title=kind.title,
        printed_on=desk.today,
        printed_on_text=papers.in_era(desk.today),
        addressee=window(desk, person, content),
        items=[(label, text) for key, label, text in lines if key not in kind.notes],
        tables=papers.tables(kind, content),
        notes=notes,
        closing=kind.closing,
        issuer=[signature.post, *([signature.name] if signature.name else [])],
        seal=issuers.seal_words(signature) if issuers.bears_seal(desk, kind.title) else "",
        contact=words.inquiry_office if words is not None else "",
        bars=bars(desk, person, content),
    )


def window(desk: Desk, person: Taxpayer | None, content: dict[str, Any]) -> list[str]:
    """The lines behind the window of the envelope. Without a person the content alone decides: never guess one."""
    if person is None:
        address, name = content.get("address"), content.get("name")
    else:
        address, name = destination(person, content)
    mailing = home_code(desk, person, content)
    code = f"〒{mailing.postal_code[:3]}-{mailing.postal_code[3:]}" if mailing else ""
    return [line for line in (code, address or "", f"{name}　様" if name else "") if line]


def destination(person: Taxpayer, content: dict[str, Any]) -> tuple[str | None, str]:
    """Where the document itself says it goes, else the person's own place and name. No place under support measures."""
    own = taxpayers.printed_address(person)
    elsewhere = content.get("mailing_address") if own is not None else None
    return elsewhere or own, content.get("recipient_name") or person.name


def bars(desk: Desk, person: Taxpayer | None, content: dict[str, Any]) -> str:
    mailing = home_code(desk, person, content)
    return barcode.bars(mailing.postal_code, mailing.address_numerals) if mailing else ""


def home_code(desk: Desk, person: Taxpayer | None, content: dict[str, Any]) -> MailingCode | None:
    """The postal code and bars of the person's own place: none on a letter that goes elsewhere."""
    return None if content.get("mailing_address") else mailing_code(desk, person)


def mailing_code(desk: Desk, person: Taxpayer | None) -> MailingCode | None:
    """None under support measures (支援措置): bars and postal code tell the address to whoever can read them."""
    if person is None or taxpayers.printed_address(person) is None:
        return None
    return find(desk.session, MailingCode, desk.id, person.taxpayer_id)


def overflows(desk: Desk, document_kind: str, items: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Every item that is longer than its field, with both lengths."""
    found = []
    for label, text in items:
        capacity = capacity_of(desk, document_kind, label)
        if capacity is not None and width(text) > capacity:
            found.append({"imprint_item": label, "imprint_capacity": capacity, "imprint_extent": width(text)})
    return found


def capacity_of(desk: Desk, document_kind: str, label: str) -> int | None:
    chosen = find(desk.session, Capacity, desk.id, document_kind, label)
    return chosen.imprint_capacity if chosen else DEFAULT_CAPACITY.get(label)


def width(text: str) -> int:
    """Length in full-width characters; two half-width ones take the place of one."""
    halves = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
    return (halves + 1) // 2


def check(one: Draft) -> list[Finding]:
    """Items the font cannot draw are errors, items that do not fit are alerts."""
    return undrawable(one) + [Finding("overflow", found["imprint_item"]) for found in one.overflows]


def undrawable(one: Draft) -> list[Finding]:
    """One look at everything together, item by item only when something is there."""
    entries = [*one.sheet.items, *one.sheet.notes]
    if paper.can_draw("".join(text for _, text in entries)):
        return []
    return [Finding("no_glyph", label) for label, text in entries if not paper.can_draw(text)]


def make(desk: Desk, one: Draft, medium: str, printer: str | None, tray: str | None) -> Print:
    """Set the paper and note who printed what, for whom, where to."""
    if medium == "hardcopy" and not (printer and tray):
        raise Refusal("missing_item", "プリンタ又は給紙トレイがありません。紙に印刷するときは両方を選んでください。")
    number = f"P{next_number(desk.session, Print, desk.id):08d}"
    printed = paper.render(replace(one.sheet, number=number))
    job = Print(
        tenant=desk.id,
        print_number=number,
        document_kind=one.kind.title,
        target_id=one.request.target_id,
        operated_on=desk.today,
        operator=desk.operator,
        operator_role=desk.role,
        output_medium=medium,
        printer=printer,
        tray=tray,
        folio_count=printed.pages,
        sha256=hashlib.sha256(printed.content).hexdigest(),
        content=printed.content,
    )
    desk.session.add(job)
    note_overflows(desk, one, number)
    desk.session.flush()
    return job


def note_overflows(desk: Desk, one: Draft, number: str) -> None:
    for found in one.overflows:
        desk.session.add(
            Overflow(
                tenant=desk.id,
                print_number=number,
                document_kind=one.kind.title,
                target_id=one.request.target_id,
                **found,
            )
        )


def guides(desk: Desk, person: Taxpayer | None) -> list[str]:
    """What has to be enclosed so that this person can read the paper."""
    if person is None:
        return []
    question = select(PaperNeed).where(PaperNeed.tenant == desk.id, PaperNeed.taxpayer_id == person.taxpayer_id)
    return sorted(one.enclosed_guide for one in desk.session.scalars(question))
