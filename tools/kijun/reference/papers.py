"""Which documents can be printed, and their data in the words of the paper. Each business registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import BaseModel
from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.store import Base, enter
from kijun.reference.tables import read_table

_ERAS = ((date(2019, 5, 1), "令和", 2018), (date(1989, 1, 8), "平成", 1988), (date(1926, 12, 25), "昭和", 1925))


@dataclass(frozen=True)
class Request:
    """What to print: the number of a person or thing, the fiscal year where the document has one, a line of text."""

    target_id: str
    fiscal_year: int | None = None
    correspondence: str | None = None

    def year(self) -> int:
        """The fiscal year of a document that has one. Raises Refusal."""
        if self.fiscal_year is None:
            raise Refusal("missing_item", "課税年度がありません。この帳票は課税年度を指定して印刷してください。")
        return self.fiscal_year


class IssuedDocument(Base):
    """A document as an operation issued it. No route changes or removes one."""

    __tablename__ = "issued_document"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(index=True)
    document: Mapped[str]
    target_id: Mapped[str | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True)
class Paper:
    """One kind of document: how its items are found, whom it is for, which items are instructions in sentences."""

    business: str
    key: str
    produce: Callable[[Desk, Request], dict[str, Any]]
    addressee: Callable[[Desk, Request], str] | None  # the taxpayer number; without, only the content tells
    closing: str = ""
    notes: tuple[str, ...] = ()
    targets: Callable[[Desk, int | None], list[str]] | None = None  # all there are, for printing in bulk

    @property
    def title(self) -> str:
        return str(labels(self.business)["documents"][self.key]["title"])


_known: dict[str, Paper] = {}
NO_PAPER = frozenset({"imprinted_copy"})  # what a print says about itself


def register(paper: Paper) -> None:
    """Print this document by a rule of its own instead of as it was last issued."""
    _known[paper.title] = paper


def open_business(business: str) -> None:
    """Make every document of a business printable as issued, before its own rules are registered."""
    for key in labels(business)["documents"]:
        if key not in NO_PAPER:
            register(Paper(business, key, as_issued(key), None))


def known() -> tuple[Paper, ...]:
    return tuple(_known.values())


def find(title: str) -> Paper:
    """The kind of document with this title. Raises Refusal."""
    if title not in _known:
        raise Refusal("not_found", f"帳票「{title}」はありません。次から選んでください: {'、'.join(sorted(_known))}")
    return _known[title]


def keep(desk: Desk, answer: dict[str, Any]) -> None:
    """Keep every document of an answer, so that it can be printed as it was issued."""
    for key, content in answer.items():
        if isinstance(content, dict) and key not in NO_PAPER:
            told = {"document": key, "target_id": desk.target_id, "content": content}
            enter(desk.session, IssuedDocument, tenant=desk.id, **told)


def as_issued(key: str) -> Callable[[Desk, Request], dict[str, Any]]:
    """The document as the last operation on this target issued it."""

    def produce(desk: Desk, request: Request) -> dict[str, Any]:
        question = select(IssuedDocument).where(
            IssuedDocument.tenant == desk.id,
            IssuedDocument.document == key,
            IssuedDocument.target_id == request.target_id,
        )
        found = desk.session.scalars(question.order_by(IssuedDocument.id.desc())).first()
        if found is None:
            raise Refusal("not_found", "この対象に発行した帳票がありません。先に発行の処理を行ってください。")
        return found.content

    return produce


def issued_by(
    module: ModuleType, handler: str, form: type[BaseModel], key: str, number: str
) -> Callable[[Desk, Request], dict[str, Any]]:
    """The document as an operation issues it now, with all its rules; `number` is the input that names the target."""

    def produce(desk: Desk, request: Request) -> dict[str, Any]:
        given: dict[str, Any] = {number: request.target_id}
        if "fiscal_year" in form.model_fields:
            given["fiscal_year"] = request.year()
        answer: dict[str, dict[str, Any]] = getattr(module, handler)(desk, form(**given))
        return answer[key]

    return produce


@cache
def labels(business: str) -> dict[str, Any]:
    """Titles of documents, labels and codes of their items: the words of the standard's glossary."""
    return read_table(f"kijun.reference.{business}", "labels.yaml")


def lines(paper: Paper, content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Key, label and text of every single item in the order of the form; what is empty is left out."""
    told = labels(paper.business)
    keys = [key for key in told["documents"][paper.key]["items"] if content.get(key) is not None]
    single = [key for key in keys if told["words"][key]["type"] != "list"]
    return [(key, told["words"][key]["label"], shown(told["words"][key], content[key])) for key in single]


def tables(paper: Paper, content: dict[str, Any]) -> list[dict[str, Any]]:
    """Items that are lists, each as title and rows with a row of headings."""
    words = labels(paper.business)["words"]
    found = []
    for key in labels(paper.business)["documents"][paper.key]["items"]:
        if words[key]["type"] == "list" and content.get(key):
            columns = [words[one] for one in words[key]["items"]]
            rows = [[shown(words[one], row.get(one)) for one in words[key]["items"]] for row in content[key]]
            found.append({"title": words[key]["label"], "rows": [[one["label"] for one in columns], *rows]})
    return found


def shown(word: dict[str, Any], value: Any) -> str:
    """A value as a citizen reads it: 12,900円, 令和8年6月1日, 四輪乗用自家用."""
    if value is None:
        return ""
    kind = word["type"]
    if kind == "yen":
        return f"{value:,}円"
    if kind == "flag":
        return "はい" if value else "いいえ"
    if kind == "code":
        return str(word["codes"].get(value, value))
    return str(_WRITERS[kind](value)) if kind in _WRITERS else f"{value}{word.get('unit', '')}"


def in_era(day: date) -> str:
    """令和8年6月1日; the first year is 元年."""
    return f"{_era_year(day)}年{day.month}月{day.day}日"


def _era_year(day: date) -> str:
    _, era, before = next(one for one in _ERAS if day >= one[0])
    return era + ("元" if day.year - before == 1 else str(day.year - before))


_WRITERS: dict[str, Callable[[Any], str]] = {
    "date": lambda text: in_era(date.fromisoformat(text)),
    "year_month": lambda text: f"{_era_year(date.fromisoformat(text + '-28'))}年{int(text[5:])}月",
    "fiscal_year": lambda year: f"{_era_year(date(year, 5, 1))}年度",
}
