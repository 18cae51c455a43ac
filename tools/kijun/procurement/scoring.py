"""Bids → points: exact numbers until the one rounding that is stated, and a reason beside everything that counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kijun.catalog.scoring_reader import number
from kijun.model.bid import AnswerStatus, BidAnswer, Policy, Standing, contradictions, is_promise, standing
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import Obligation, Requirement
from kijun.model.scoring import (
    WHOLE,
    Combination,
    Part,
    PriceFormula,
    PricePart,
    RowsPart,
    RowWeight,
    ScoringRules,
    StaffPart,
    Stage,
    TieRule,
    TieStep,
)
from kijun.model.tender import Bidder, Tender

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class RowScore:
    """One row of one bid before one part: what it earned of what it could, and why."""

    part: str
    requirement: str
    obligation: Obligation
    office: str
    status: AnswerStatus
    written: str
    place: str
    weight: Fraction
    points: Fraction  # weight included
    full: Fraction  # weight included
    because: str


@dataclass(frozen=True, slots=True)
class PartScore:
    """What one part came to: exact, as written, and the sum in words."""

    part: str
    label: str
    exact: Fraction
    points: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class BidScore:
    """All that one bid came to. With `out` nothing is added up."""

    label: str
    amount: int
    out: tuple[str, ...]  # why the bid is out
    parts: tuple[PartScore, ...] = ()
    rows: tuple[RowScore, ...] = ()

    @property
    def total(self) -> Decimal:
        return sum((one.points for one in self.parts), Decimal(0))

    def part(self, name: str) -> Decimal:
        return next((one.points for one in self.parts if one.part == name), Decimal(0))


@dataclass(frozen=True, slots=True)
class Placing:
    """A place in the order. Bids that only a lot can part share one."""

    place: int
    label: str
    stage: str  # how far the bid came
    needs_lot: bool = False


@dataclass(frozen=True, slots=True)
class Scoring:
    """The whole result, in the order of the tender's list; `decisions` tells every tie and every cut."""

    bids: tuple[BidScore, ...]
    placings: tuple[Placing, ...]
    decisions: tuple[str, ...]

    def bid(self, label: str) -> BidScore:
        return next(one for one in self.bids if one.label == label)


def score(tender: Tender, rules: ScoringRules) -> Scoring:
    """Compute the points. Raises ConfigurationError when tender and rules do not fit, with everything missing."""
    problems = [*_faults(tender, rules)]
    if problems:
        raise ConfigurationError(problems)
    return _Scoring(tender, rules).result()


# what has to be there -------------------------------------------------------------------------------------


def _faults(tender: Tender, rules: ScoringRules) -> Iterator[Problem]:
    at = Position.of(tender.title)
    if not tender.rows:
        yield Problem(at, "採点する要件が一つもありません。", "プロファイルの業務と基準日を確かめてください。")
    for part in rules.parts:
        if isinstance(part, RowsPart):
            yield from _row_faults(tender, part, at)
        elif isinstance(part, PricePart) and part.formula is PriceFormula.UNDER_CEILING and tender.ceiling is None:
            yield Problem(at, f"「{part.label}」には上限額が要ります。", "tender に ceiling を書いてください。")
    staff = [part for part in rules.parts if isinstance(part, StaffPart)]
    if staff and not tender.staff:
        told = f"「{'」「'.join(part.label for part in staff)}」に要る職員の採点がありません。"
        yield Problem(at, told, "tender の staff に、採点を書いた CSV か xlsx を指定してください。")
    yield from _staff_faults(tender, staff)


def _row_faults(tender: Tender, part: RowsPart, at: Position) -> Iterator[Problem]:
    counted = [one for one in tender.rows if part.full(tender.obligation(one)) and part.row_weight(one, tender.profile)]
    if not counted:
        told = f"「{part.label}」の対象になる要件がありません。"
        yield Problem(at, told, "決まりの points と weights に、要件にある実装区分と重みを書いてください。")
        return
    if not part.by_office:
        return
    if not tender.offices:
        yield Problem(at, f"「{part.label}」には課の分担が要ります。", "tender に offices を書いてください。")
        return
    astray = [one.id for one in counted if tender.office(one) is None]
    if astray:
        told = f"どの課も受け持たない要件が {len(astray)} 件あります（{'、'.join(astray[:3])}）。"
        yield Problem(at, told, "offices の businesses、majors、requirements のどれかに加えてください。")
    busy = {office.name for one in counted if (office := tender.office(one))}
    for office in (each.office for each in tender.offices):
        if office.name not in busy:
            told = f"{office.name}が受け持つ要件がありません。"
            yield Problem(at, told, "受け持つ要件を書くか、その課を消して重みを合わせてください。")


def _staff_faults(tender: Tender, parts: Sequence[StaffPart]) -> Iterator[Problem]:
    full = {one.label: one.full for part in parts for one in part.criteria}
    labels = {one.label for one in tender.bidders}
    for one in tender.staff if parts else ():
        at = Position.of(one.place)
        if one.bidder not in labels:
            told = f"事業者「{one.bidder}」はありません。"
            yield Problem(at, told, f"開札までは {'、'.join(sorted(labels))} と書いてください。")
        if one.criterion not in full:
            yield Problem(at, f"項目「{one.criterion}」は決まりにありません。", f"使えるのは {'、'.join(full)} です。")
        elif one.points > full[one.criterion]:
            told = f"{one.criterion}の点 {number(one.points)} が、満点 {number(full[one.criterion])} を超えています。"
            yield Problem(at, told, "点を直してください。")


# the computation ------------------------------------------------------------------------------------------


class _Scoring:
    """One tender under one set of rules."""

    def __init__(self, tender: Tender, rules: ScoringRules) -> None:
        self._tender, self._rules = tender, rules
        self._amounts = {one.label: tender.amount(one) for one in tender.bidders}
        self._parts: dict[str, list[PartScore]] = {one.label: [] for one in tender.bidders}
        self._rows = {
            one.label: tuple(_row_scores(tender, rules, one)) if not tender.is_late(one) else ()
            for one in tender.bidders
        }
        self._decisions: list[str] = []

    def result(self) -> Scoring:
        out = {one.label: tuple(self._reasons(one)) for one in self._tender.bidders}
        left = [one for one in self._tender.bidders if not out[one.label]]
        placings: list[Placing] = []
        for stage in self._rules.stages:
            self._judge(stage, left)
            order = self._ordered([one.label for one in left])
            chosen = self._cut(stage, order)
            gone = [group for group in order if group[0] not in chosen]
            placings = [*self._places(gone, stage, len(chosen)), *placings]
            if stage is self._rules.stages[-1] and self._rules.parts:
                placings = [*self._places([one for one in order if one not in gone], stage, 0), *placings]
            left = [one for one in left if one.label in chosen]
        bids = (
            BidScore(one.label, self._amounts[one.label], out[one.label], tuple(self._parts[one.label]), rows)
            for one, rows in zip(self._tender.bidders, self._rows.values(), strict=True)
        )
        return Scoring(tuple(bids), tuple(placings), tuple(self._decisions))

    def _reasons(self, bidder: Bidder) -> Iterator[str]:
        """Why a bid is out: too late, too dear, or rows that the rules do not let pass unless they are waived."""
        tender = self._tender
        if tender.is_late(bidder):
            came, due = (f"{one:%Y-%m-%d %H:%M}" for one in (bidder.received, tender.answers_due))
            yield f"締切（{due}）の後に届きました（{came}）。答えを読まず、採点していません。"
            return
        if tender.ceiling is not None and self._amounts[bidder.label] > tender.ceiling:
            yield f"価格 {self._amounts[bidder.label]:,} 円が、上限額 {tender.ceiling:,} 円を超えています。"
        for rule in self._rules.knockouts:
            for one in tender.rows:
                obligation = tender.obligation(one)
                if obligation is not rule.obligation or one.id in bidder.waivers:
                    continue
                answer = bidder.bid.answer(one.id)
                found = standing(answer, obligation, tender.policy)
                if found in rule.standings:
                    yield f"{obligation.label}の {one.id} が「{found.label}」です（{answer.status.label}）。"

    def _judge(self, stage: Stage, left: Sequence[Bidder]) -> None:
        for part in stage.parts:
            if isinstance(part, RowsPart):
                found = {one.label: self._by_rows(part, one.label) for one in left}
            elif isinstance(part, StaffPart):
                found = self._by_staff(part, [one.label for one in left])
            else:
                found = self._by_price(part, [one.label for one in left])
            for label, (value, because) in found.items():
                rounded = self._rules.rounding.of(value)
                self._parts[label].append(PartScore(part.id, part.label, value, rounded, because))

    def _by_rows(self, part: RowsPart, label: str) -> tuple[Fraction, str]:
        rows = [one for one in self._rows[label] if one.part == part.id]
        if part.weight is None:
            return _sum(rows), f"{len(rows)} 件の点の合計 {number(_sum(rows))}"
        if not part.by_office:
            earned, full = _sum(rows), sum((one.full for one in rows), ZERO)
            return part.weight * earned / full, f"{number(part.weight)} × {number(earned)} ÷ {number(full)}"
        total, told = ZERO, []
        for each in self._tender.offices:
            own = [one for one in rows if one.office == each.office.name]
            earned, full = _sum(own), sum((one.full for one in own), ZERO)
            total += each.weight / WHOLE * earned / full
            told.append(f"{each.office.name} {number(each.weight)}％ × {number(earned)} ÷ {number(full)}")
        return part.weight * total, f"{number(part.weight)} ×（{' ＋ '.join(told)}）"

    def _by_price(self, part: PricePart, labels: Sequence[str]) -> dict[str, tuple[Fraction, str]]:
        found = {}
        for label in labels:
            own = self._amounts[label]
            if part.formula is PriceFormula.LOWEST_OVER_OWN:
                lowest = min(self._amounts[one] for one in labels)
                share = Fraction(lowest, own) if own else Fraction(1)
                told = (
                    f"{number(part.weight)} × {lowest:,} ÷ {own:,}"
                    if own
                    else f"価格が 0 円なので {number(part.weight)}"
                )
            else:
                ceiling = self._tender.ceiling or 0
                share = Fraction(ceiling - own, ceiling)
                told = f"{number(part.weight)} ×（{ceiling:,} － {own:,}）÷ {ceiling:,}"
            found[label] = (part.weight * share, told)
        return found

    def _by_staff(self, part: StaffPart, labels: Sequence[str]) -> dict[str, tuple[Fraction, str]]:
        sheets = self._sheets(part, labels)
        if not labels:
            return {}
        if part.combination is Combination.RANKS:
            return _by_ranks(part, labels, sheets)
        full = sum((one.full for one in part.criteria), ZERO)
        found = {}
        for label in labels:
            totals = [sheet[label] for sheet in sheets.values()]
            mean = sum(totals, ZERO) / len(totals)
            told = f"{number(part.weight)} × 平均 {number(mean)}（評価員 {len(totals)} 人）÷ 満点 {number(full)}"
            found[label] = (part.weight * mean / full, told)
        return found

    def _sheets(self, part: StaffPart, labels: Sequence[str]) -> Mapping[str, Mapping[str, Fraction]]:
        """Judge → label → sum over the criteria. Raises ConfigurationError for every cell that is missing."""
        names = [one.label for one in part.criteria]
        given = {(one.judge, one.bidder, one.criterion): one.points for one in self._tender.staff}
        judges = list(dict.fromkeys(one.judge for one in self._tender.staff if one.criterion in names))
        told = [f"{judge} の {label}「{name}」" for judge in judges for label in labels for name in names
                if (judge, label, name) not in given]  # fmt: skip
        if not judges or told:
            shown = "、".join(told[:5]) + (" ほか" if len(told) > 5 else "") or "一人分もありません"
            message = f"「{part.label}」の採点が足りません（{shown}）。"
            hint = "全ての評価員が、残っている全ての事業者の全ての項目に点を付けてください。"
            raise ConfigurationError([Problem(Position.of("職員の採点"), message, hint)])
        return {
            judge: {label: sum((given[judge, label, name] for name in names), ZERO) for label in labels}
            for judge in judges
        }

    # the order ------------------------------------------------------------------------------------------

    def _ordered(self, labels: Sequence[str]) -> list[list[str]]:
        """Labels from the best down; a group of several can be parted by a lot only."""
        if not self._rules.parts:
            return [[one] for one in labels]
        groups = _grouped(labels, self._total, descending=True)
        return [final for group in groups for final in self._parted(group, self._rules.ties)]

    def _total(self, label: str) -> Decimal:
        return sum((one.points for one in self._parts[label]), Decimal(0))

    def _parted(self, group: list[str], steps: Sequence[TieStep]) -> list[list[str]]:
        if len(group) == 1 or not steps:
            return [group]
        step, count = steps[0], len(self._rules.ties) - len(steps) + 1
        opening = f"同点 {self._total(group[0])} 点の {'、'.join(group)}。{count} 番目の決め方"
        if step.rule is TieRule.LOT:
            self._decisions.append(f"{opening}「くじ」: くじで決めてください。計算では順位を付けません。")
            return [group]
        name, value, shown = self._step(step)
        groups = _grouped(group, value, descending=step.rule is TieRule.PART)
        told = "、".join(f"{one} {shown(one)}" for one in group)
        order = "、".join("・".join(one) for one in groups)
        result = f"{order} の順です。" if len(groups) > 1 else "差がなく、決まりません。"
        self._decisions.append(f"{opening}「{name}」: {told}。{result}")
        return [final for one in groups for final in self._parted(one, steps[1:])]

    def _step(self, step: TieStep) -> tuple[str, Callable[[str], Decimal], Callable[[str], str]]:
        if step.rule is TieRule.PRICE:
            return (
                "価格の低い順",
                lambda label: Decimal(self._amounts[label]),
                lambda label: f"{self._amounts[label]:,} 円",
            )
        name = next(part.label for part in self._rules.parts if part.id == step.part)

        def points(label: str) -> Decimal:
            return next((one.points for one in self._parts[label] if one.part == step.part), Decimal(0))

        return f"{name}の高い順", points, lambda label: f"{points(label)} 点"

    def _cut(self, stage: Stage, order: Sequence[Sequence[str]]) -> set[str]:
        """Who goes on. Bids that only a lot could part at the border all do."""
        chosen: set[str] = set()
        for group in order:
            if stage.advance is not None and len(chosen) >= stage.advance:
                break
            chosen.update(group)
        if stage.advance is not None:
            more = "（境目が同点のため、決まりより多くなりました）" if len(chosen) > stage.advance else ""
            names = "、".join(one for group in order for one in group if one in chosen) or "なし"
            self._decisions.append(f"{stage.label}から次に進むのは上位 {stage.advance} 者: {names}{more}。")
        return chosen

    def _places(self, groups: Iterable[Sequence[str]], stage: Stage, before: int) -> list[Placing]:
        found: list[Placing] = []
        for group in groups:
            place = before + len(found) + 1
            found += [Placing(place, label, stage.label, needs_lot=len(group) > 1) for label in group]
        return found


def _grouped(labels: Iterable[str], value: Callable[[str], Decimal], *, descending: bool) -> list[list[str]]:
    found: dict[Decimal, list[str]] = defaultdict(list)
    for one in labels:
        found[value(one)].append(one)
    return [found[key] for key in sorted(found, reverse=descending)]


def _by_ranks(
    part: StaffPart, labels: Sequence[str], sheets: Mapping[str, Mapping[str, Fraction]]
) -> dict[str, tuple[Fraction, str]]:
    """Every judge's order as points: the places that equal bids take together are shared among them."""
    earned: dict[str, list[Fraction]] = {label: [] for label in labels}
    table = [*part.rank_points, *[ZERO] * len(labels)]
    for sheet in sheets.values():
        for label in labels:
            better = sum(one > sheet[label] for one in sheet.values())
            alike = sum(one == sheet[label] for one in sheet.values())
            earned[label].append(sum(table[better : better + alike], ZERO) / alike)
    best = max(part.rank_points)
    found = {}
    for label, points in earned.items():
        mean = sum(points, ZERO) / len(points)
        told = f"{number(part.weight)} × 順位点の平均 {number(mean)}（評価員 {len(points)} 人）÷ {number(best)}"
        found[label] = (part.weight * mean / best, told)
    return found


def _sum(rows: Iterable[RowScore]) -> Fraction:
    return sum((one.points for one in rows), ZERO)


# one row --------------------------------------------------------------------------------------------------


def _row_scores(tender: Tender, rules: ScoringRules, bidder: Bidder) -> Iterator[RowScore]:
    for part in rules.parts:
        if not isinstance(part, RowsPart):
            continue
        for one in tender.rows:
            full = part.full(tender.obligation(one))
            if full is not None:
                yield _row_score(tender, part, bidder, one, full)


def _row_score(tender: Tender, part: RowsPart, bidder: Bidder, one: Requirement, full: Fraction) -> RowScore:
    obligation, answer = tender.obligation(one), bidder.bid.answer(one.id)
    weight, office = part.row_weight(one, tender.profile), tender.office(one)
    points, because = _earned(answer, obligation, part.points[obligation], tender.policy)
    return RowScore(
        part=part.id,
        requirement=one.id,
        obligation=obligation,
        office=office.name if office else "",
        status=answer.status,
        written=answer.written,
        place=answer.place,
        weight=weight,
        points=points * weight,
        full=full * weight,
        because=because,
    )


def _earned(
    answer: BidAnswer, obligation: Obligation, table: Mapping[AnswerStatus, Fraction], policy: Policy
) -> tuple[Fraction, str]:
    """What an answer earns; nothing while it contradicts itself, and nothing for what comes too late."""
    for one in contradictions(answer, obligation):
        if one.is_fatal:
            return ZERO, f"矛盾があるので 0 点（{one.text}）"
    if answer.status is AnswerStatus.PLANNED and standing(answer, obligation, policy) is not Standing.PROMISED:
        return ZERO, "予定の期日がないか、過ぎたか、間に合わないので 0 点"
    if answer.status is AnswerStatus.CUSTOMIZE and answer.due and not is_promise(answer.due, policy):
        return ZERO, "カスタマイズの期日が読めないか、過ぎたか、間に合わないので 0 点"
    points = table.get(answer.status, ZERO)
    return points, f"{answer.status.label} は {number(points)} 点"


# the rules in words ---------------------------------------------------------------------------------------


def formula(tender: Tender, rules: ScoringRules) -> Iterator[tuple[str, str]]:
    """Every rule that took part, as label and sentence, so that a reader with a pencil comes to the same points."""
    yield "採点の決まり", f"{rules.title}（{rules.source}）"
    for rule in rules.knockouts:
        names = "・".join(one.label for one in Standing if one in rule.standings)
        yield "失格", f"{rule.obligation.label}の要件に一つでも「{names}」があれば失格。免除した要件は除く。"
    yield "締切", f"{tender.answers_due:%Y-%m-%d %H:%M} の後に届いた答えは読まない。"
    yield "期日", f"{tender.policy.as_of} に見て、{tender.policy.deadline} までにそろう予定だけを予定として数える。"
    yield "価格", tender.amount_text
    if tender.outside:
        yield "求めない要件", f"団体が除いた {len(tender.outside)} 件は、全ての事業者について数えない。"
    if tender.profile.weights:
        told = f"{len(tender.profile.weights)} 件。採点の決まりの重みに当てはまる要件は、決まりの重み"
        yield "プロファイルの重み", f"{told}。どちらもなければ 1。"
    yield "対象外という答え", "事業者が「対象外」と答えた要件も分母に残る。除くのは団体が決めた要件だけ。"
    for stage in rules.stages:
        for part in stage.parts:
            yield f"{stage.label}　{part.label}", "".join(_part_text(part))
    yield "端数", f"部分ごとに{rules.rounding.label}とし、合計は部分の点を足すだけ。途中では丸めない。"
    if rules.parts:
        labels = {part.id: part.label for part in rules.parts}
        steps = {TieRule.PRICE: "価格の低い順", TieRule.LOT: "くじ"}
        told = " → ".join(
            f"{labels[one.part]}の高い順" if one.rule is TieRule.PART else steps[one.rule] for one in rules.ties
        )
        yield "同点", told
    else:
        yield "順位", "付けない（失格かどうかだけを決める）。"


def _part_text(part: Part) -> Iterator[str]:
    if isinstance(part, PricePart):
        yield f"配点 {number(part.weight)}。{part.formula.label}。"
        return
    if isinstance(part, StaffPart):
        items = "、".join(f"{one.label} {number(one.full)}" for one in part.criteria)
        yield f"配点 {number(part.weight)}。評価員が付ける（{items}）。"
        if part.combination is Combination.RANKS:
            yield f"評価員ごとの順位に {'、'.join(map(number, part.rank_points))} 点（1位から）。"
            yield "同じ順位は点を分け合う。配点 × 順位点の平均 ÷ 1位の点。"
        else:
            yield "配点 × 評価員の平均 ÷ 満点。"
        return
    for obligation, table in part.points.items():
        told = "、".join(f"{status.label} {number(value)}" for status, value in table.items())
        yield f"{obligation.label}: {told}、ほかは 0。"
    for rule in part.weights:
        yield f"重み {number(rule.weight)}: {_named(rule)}。"
    if part.weight is not None:
        how = "課ごとに出して課の重みで合わせる。" if part.by_office else ""
        yield f"配点 {number(part.weight)} × 得た点 ÷ 満点。{how}"


def _named(rule: RowWeight) -> str:
    names = [*sorted(rule.requirements), *sorted(rule.businesses), *sorted(rule.majors)]
    return "、".join([*names, *([rule.obligation.label] if rule.obligation else [])]) or "全ての要件"
