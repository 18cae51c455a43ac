"""Reads a tender with all that it names: profile, edition, bids, judges' scores, waivers and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from kijun.catalog.bid_reader import read_bid
from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_checked, read_profile, read_records
from kijun.catalog.editions import edition_names, read_edition
from kijun.catalog.scoring_reader import exact, number, read_rules, rules_place
from kijun.catalog.staff_scores import read_staff_scores
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.bid import Bid, Policy
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Problem, ProblemsFound
from kijun.model.office import Office
from kijun.model.scoring import WHOLE, ScoringRules
from kijun.model.tender import Bidder, EvidencePlace, JudgingOffice, Price, Tender, label

_T = TypeVar("_T")
PRESENT = "今の要件表"


def read_tender(path: Path, root: Path) -> tuple[Tender, ScoringRules]:
    """A tender and its rules of scoring. Raises CatalogError or ConfigurationError with everything that is wrong."""
    file, problems = read_checked(path, "tender")
    problems = problems or list(_moment_faults(file))
    if problems:
        raise ConfigurationError(problems)
    return _Reading(file, Catalog.load(root)).result()


def _moment_faults(file: YamlFile) -> Iterator[Problem]:
    places = [
        ("tender", "answers_due"),
        *(("bidders", index, "received") for index in range(len(file.data["bidders"]))),
    ]
    for place in places:
        value: Any = file.data
        for key in place:
            value = value[key]
        try:
            datetime.fromisoformat(value)
        except ValueError:
            yield Problem(
                file.at(*place), f"日時「{value}」は暦にありません。", "2026-07-31T17:00 のように書いてください。"
            )


class _Reading:
    """One tender file; collects what is wrong in it and in all that it names."""

    def __init__(self, file: YamlFile, catalog: Catalog) -> None:
        self._file, self._catalog = file, catalog
        self._head: Mapping[str, Any] = file.data["tender"]
        self._problems: list[Problem] = []

    def result(self) -> tuple[Tender, ScoringRules]:
        head, file = self._head, self._file
        edition = self._edition()
        profile = self._tried(lambda: read_profile(self._at(head["profile"]), self._catalog))
        rules = self._tried(lambda: read_rules(rules_place(head["scoring"], file.path, self._catalog.root)))
        staff = self._tried(lambda: read_staff_scores(self._at(head["staff"]))) if "staff" in head else ()
        bidders = [self._bidder(index, row, edition) for index, row in enumerate(file.data["bidders"])]
        offices = tuple(_office(row) for row in head.get("offices", ()))
        self._problems += [*self._office_faults(offices), *self._outside_faults(edition), *self._same_bids(bidders)]
        if self._problems or profile is None or rules is None or staff is None or edition is None:
            raise ConfigurationError(self._problems)
        tender = Tender(
            title=head["title"],
            profile=profile,
            edition=edition,
            policy=Policy(
                as_of=date.fromisoformat(head["as_of"]),
                deadline=date.fromisoformat(head["deadline"]),
                accepts_workaround=head.get("accepts_workaround", False),
                accepts_customization=head.get("accepts_customization", False),
            ),
            answers_due=datetime.fromisoformat(head["answers_due"]),
            bidders=tuple(one for one in bidders if one is not None),
            years=head["years"],
            adds_row_costs=head["row_costs"] == "added",
            ceiling=head.get("ceiling"),
            offices=offices,
            outside=frozenset(head.get("outside", ())),
            staff=staff,
        )
        return tender, rules

    def _at(self, name: str) -> Path:
        return self._file.path.parent / name

    def _tried(self, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except ProblemsFound as error:
            self._problems += error.problems
            return None

    def _complain(self, key: tuple[str | int, ...], told: str, hint: str) -> None:
        self._problems.append(Problem(self._file.at(*key), told, hint))

    def _edition(self) -> Edition | None:
        name = self._head.get("edition")
        if name is None:
            return Edition(PRESENT, self._catalog.tables)
        names = edition_names(self._catalog.root)
        if name not in names:
            told = f"凍結した版「{name}」がありません。"
            self._complain(("tender", "edition"), told, f"あるのは {'、'.join(names) or 'なし'} です。")
            return None
        return self._tried(lambda: read_edition(self._catalog.root, name))

    def _bidder(self, index: int, row: Mapping[str, Any], edition: Edition | None) -> Bidder | None:
        bid = self._tried(lambda: read_bid(self._at(row["bid"])))
        if bid is None or edition is None:
            return None
        self._problems += self._bid_faults(index, bid, edition)
        return Bidder(
            label=label(index),
            bid=bid,
            received=datetime.fromisoformat(row["received"]),
            price=Price(row["price"]["initial"], row["price"]["yearly"]),
            waivers=self._records(row, "waivers", edition),
            reviews=self._records(row, "reviews", edition),
            evidence=self._evidence(row),
        )

    def _records(self, row: Mapping[str, Any], kind: str, edition: Edition) -> Mapping[str, Mapping[str, Any]]:
        if kind not in row:
            return {}
        today = date.fromisoformat(self._head["as_of"])
        found = self._tried(lambda: read_records([self._at(row[kind])], kind, edition.requirements, today))
        return {one["requirement"]: one for one in found or ()}  # the latest of one requirement stands

    def _evidence(self, row: Mapping[str, Any]) -> EvidencePlace | None:
        if "bundle" in row:
            return EvidencePlace(self._at(row["bundle"]), self._at(row["trust"]))
        return EvidencePlace(self._at(row["run"])) if "run" in row else None

    def _bid_faults(self, index: int, bid: Bid, edition: Edition) -> Iterator[Problem]:
        at, names = self._file.at("bidders", index, "bid"), {one.business: one.edition for one in edition.tables}
        for business, name in bid.editions.items():
            if business in names and names[business] != name:
                told = (
                    f"{bid.bidder}の回答は {business} の「{name}」版へのもので、「{names[business]}」版ではありません。"
                )
                yield Problem(at, told, "その版で答え直してもらうか、tender の edition を合わせてください。")
        known = edition.requirements
        strange = [one for one in bid.answers if one not in known]
        if strange:
            told = f"{bid.bidder}の回答に、要件表にない番号が {len(strange)} 件あります（{'、'.join(strange[:3])}）。"
            yield Problem(at, told, "番号と版を確かめ、kijun answers import で読み取り直してください。")

    def _office_faults(self, offices: tuple[JudgingOffice, ...]) -> Iterator[Problem]:
        total = sum((one.weight for one in offices), Fraction(0))
        if offices and total != WHOLE:
            shown = " + ".join(f"{one.office.name} {number(one.weight)}" for one in offices)
            told = f"課の重みの合計が 100 ではありません（{shown} = {number(total)}）。"
            yield Problem(self._file.at("tender", "offices"), told, "合計が 100 になるように直してください。")

    def _outside_faults(self, edition: Edition | None) -> Iterator[Problem]:
        for index, one in enumerate(self._head.get("outside", ())):
            if edition and one not in edition.requirements:
                at = self._file.at("tender", "outside", index)
                yield Problem(at, f"要件 {one} は要件表にありません。", "番号と版を確かめてください。")

    def _same_bids(self, bidders: Iterable[Bidder | None]) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for index, one in enumerate(bidders):
            if one and (first := seen.setdefault(one.bid.digest, index)) != index:
                told = f"{index + 1} 番目の回答は、{first + 1} 番目と同じファイルから読み取ったものです。"
                yield Problem(
                    self._file.at("bidders", index, "bid"), told, "事業者ごとの bid.json を指定してください。"
                )


def _office(row: Mapping[str, Any]) -> JudgingOffice:
    office = Office(
        name=row["name"],
        businesses=frozenset(row.get("businesses", ())),
        majors=frozenset(row.get("majors", ())),
        requirements=frozenset(row.get("requirements", ())),
    )
    return JudgingOffice(office, exact(row["weight"]))
