"""Who is who: a label while names are closed, the name when they are open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kijun.model.tender import Bidder, Tender

_FORMS = re.compile(r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|一般財団法人|[（(㈱㈲)）\s]")
_SHORTEST = 2  # letters of a name worth hiding


@dataclass(frozen=True, slots=True)
class Veil:
    """Tells the parties of a tender, and hides their names in words of theirs while it is closed.

    Only the names as written in the bids are known: initials and pictures are not.
    """

    tender: Tender
    is_open: bool

    def name(self, bidder: Bidder) -> str:
        return f"{bidder.label}（{bidder.bid.bidder}）" if self.is_open else bidder.label

    def product(self, bidder: Bidder) -> str:
        return f"{bidder.bid.product} {bidder.bid.version}".strip() if self.is_open else "（開札まで伏せる）"

    def words(self, text: str) -> str:
        """A text of a bidder with every name of a party replaced by its label."""
        if self.is_open or not text:
            return text
        for name, label in self._names():
            text = text.replace(name, label)
        return text

    def _names(self) -> list[tuple[str, str]]:
        found = {
            name: one.label
            for one in self.tender.bidders
            for name in (one.bid.bidder, _FORMS.sub("", one.bid.bidder), one.bid.product)
            if len(name) >= _SHORTEST
        }
        return sorted(found.items(), key=lambda entry: -len(entry[0]))
