"""What is asked, of whom, and in which words the form says it: writer and reader share this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kijun.model.edition import Edition
from kijun.model.inquiry import OpinionCodes, fingerprint, squeezed
from kijun.model.profile import Municipality
from kijun.model.requirement import MunicipalityClass, Requirement
from kijun.press.legible import legible
from kijun.publishing.comparative_table import status

HELP, SHEET, BODIES = "書き方", "回答", "団体一覧"
FICTIONAL: Final = "99"  # a prefecture that does not exist: its bodies are for trials and never counted

# labels of the head: the cell to the right of each is filled in
BODY, DAY, OTHERS, EDITION = "団体コード", "回答日", "ほかの団体コード", "対象の版"
OFFICE, BLANKS, GENERAL = "担当部署", "空欄の行", "全体への意見"
BLANK_CHOICES: Final = ("{agreement}とみなす", "回答なしとする")  # the two choices of BLANKS, in this order

# headings of the rows; the last two are hidden
NUMBER, PLACE, TEXT, OBLIGATION = "要件番号", "機能", "要件", "実装区分・適用"
CODE, OPINION, PROPOSAL = "回答", "意見・理由", "修正案"
HIDDEN_ID, MARK = "用紙の要件番号", "指紋"


@dataclass(frozen=True)
class Inquiry:
    """An edition, the codes of the answers, and every body by its code."""

    edition: Edition
    codes: OpinionCodes
    bodies: Mapping[str, Municipality]
    names: Mapping[str, str] = field(default_factory=dict)  # business → its name; one without is told by its slug
    requirements: Mapping[str, Requirement] = field(init=False, repr=False)
    marks: Mapping[str, str] = field(init=False, repr=False)  # id → fingerprint
    texts: Mapping[str, str] = field(init=False, repr=False)  # id → text as printed, without blanks

    def __post_init__(self) -> None:
        rows = self.edition.requirements
        for name, value in (
            ("requirements", rows),
            ("marks", {name: fingerprint(one) for name, one in rows.items()}),
            ("texts", {name: squeezed(legible(one.text)) for name, one in rows.items()}),
        ):
            object.__setattr__(self, name, value)

    @property
    def asked(self) -> dict[str, Municipality]:
        """The bodies that are asked, in the order of their codes."""
        return {code: body for code, body in sorted(self.bodies.items()) if not code.startswith(FICTIONAL)}

    def place(self, one: Requirement) -> str:
        """Where a row stands in the table; with its business where several are asked about."""
        several = len(self.edition.tables) > 1
        parts = (self.business_name(one.business) if several else "", one.row["middle"], one.name)
        return "＞".join(filter(None, parts))

    def business_name(self, business: str) -> str:
        return self.names.get(business, business)

    @property
    def blank_choices(self) -> tuple[str, ...]:
        return tuple(one.format(agreement=self.codes.agreement.shown) for one in BLANK_CHOICES)

    def expected(self) -> dict[MunicipalityClass, int]:
        """How many bodies of each class are asked."""
        kinds = [body.kind for body in self.asked.values()]
        return {kind: kinds.count(kind) for kind in MunicipalityClass}


def edition_text(edition: Edition) -> str:
    """The edition as the form prints it, with where its tables stand."""
    return str(legible(f"{edition.label} {status(edition)}"))


def full_name(body: Municipality) -> str:
    return f"{body.prefecture}{body.name}"


def caveats(edition: Edition) -> Iterable[str]:
    """What nobody may take this inquiry for."""
    if any(table.status != "published" for table in edition.tables):
        yield f"公表された版ではない表（{status(edition)}）を含みます。省庁が行う照会ではありません。"
    yield from dict.fromkeys(table.source for table in edition.tables if table.status != "published")
