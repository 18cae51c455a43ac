"""What replies add up to: which reply counts for a body, and how every row was answered by every class of body."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kijun.model.inquiry import squeezed
from kijun.model.requirement import MunicipalityClass, Requirement
from kijun.publishing.inquiry.asked import FICTIONAL, Inquiry
from kijun.publishing.inquiry.files import PassedOver, Unreadable
from kijun.publishing.inquiry.replies import UNCLEAR, Note, Reply

TOP: Final = 3


@dataclass(frozen=True, slots=True)
class Issue:
    """One of the opinions on a row: how many bodies hold it, and out of how many that answered the row."""

    code: str
    bodies: int
    answered: int


@dataclass(frozen=True, slots=True)
class RowCount:
    """How one row was answered. UNCLEAR answers are told beside, and are no part of any share."""

    requirement: Requirement
    codes: Mapping[MunicipalityClass, Counter[str]]  # class → code → bodies

    def answered(self, kind: MunicipalityClass | None = None) -> int:
        """Bodies whose answer to the row could be read, of one class or of all."""
        return sum(count for code, count in self.counts(kind).items() if code != UNCLEAR)

    def counts(self, kind: MunicipalityClass | None = None) -> Counter[str]:
        """Code → bodies, of one class or of all."""
        return self.codes[kind] if kind else sum(self.codes.values(), Counter[str]())

    def opinions(self, agreement: str, kind: MunicipalityClass | None = None) -> int:
        """Bodies that hold any opinion on the row."""
        return self.answered(kind) - self.counts(kind)[agreement]

    def top(self, agreement: str) -> tuple[Issue, ...]:
        """The opinions held most often, at most three; equal ones in the order of their codes."""
        found = [(code, count) for code, count in self.counts().items() if code not in (agreement, UNCLEAR)]
        found.sort(key=lambda one: (-one[1], int(one[0])))
        return tuple(Issue(code, count, self.answered()) for code, count in found[:TOP])


@dataclass(frozen=True, slots=True)
class Opinion:
    """Words on a row, or on none, and the bodies that wrote exactly them."""

    row: str  # id of the requirement, or what the words are about
    code: str
    opinion: str
    proposal: str
    bodies: tuple[str, ...]  # codes, or files of replies whose body is not known


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Several replies for one body: which, whether they say the same, which one counts and why."""

    body: str
    files: tuple[str, ...]
    is_identical: bool
    counted: str  # a file, or nothing where none can be chosen
    because: str


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A reply that counts for no body."""

    file: str
    stated: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Count:
    """Everything that came out of a folder."""

    inquiry: Inquiry
    files: int  # looked at, unreadable ones included
    counted: Mapping[str, Reply]  # body → the reply that counts for it, by code
    rows: tuple[RowCount, ...]  # those that any counted reply has
    opinions: tuple[Opinion, ...]
    unreadable: tuple[Unreadable, ...]
    duplicates: tuple[Duplicate, ...]
    uncounted: tuple[Uncounted, ...]
    notes: tuple[tuple[str, Note], ...]  # file → what to look at
    passed_over: tuple[PassedOver, ...]

    @property
    def joint(self) -> list[Reply]:
        """Replies that count for several bodies, as associations send them."""
        return list({one.file: one for one in self.counted.values() if one.is_joint}.values())

    @property
    def silent(self) -> list[str]:
        """Bodies from which nothing counts."""
        return [code for code in self.inquiry.asked if code not in self.counted]

    def answering(self, kind: MunicipalityClass) -> int:
        return sum(self.inquiry.bodies[code].kind is kind for code in self.counted)


def count(
    inquiry: Inquiry,
    replies: Sequence[Reply],
    unreadable: Sequence[Unreadable],
    passed_over: Sequence[PassedOver],
    files: int,
) -> Count:
    """Add up replies, in the order of their files."""
    counted, duplicates = _one_each(inquiry, replies)
    return Count(
        inquiry=inquiry,
        files=files,
        counted=counted,
        rows=tuple(_rows(inquiry, counted)),
        opinions=tuple(_opinions(inquiry, counted, replies)),
        unreadable=tuple(unreadable),
        duplicates=duplicates,
        uncounted=tuple(_uncounted(replies)),
        notes=tuple((one.file, note) for one in replies for note in one.notes),
        passed_over=tuple(passed_over),
    )


# which reply counts ---------------------------------------------------------------------------------------


def _one_each(inquiry: Inquiry, replies: Iterable[Reply]) -> tuple[dict[str, Reply], tuple[Duplicate, ...]]:
    by_body = defaultdict[str, list[Reply]](list)
    for reply in replies:
        for body in reply.bodies:
            by_body[body].append(reply)
    counted, duplicates = dict[str, Reply](), list[Duplicate]()
    for body in inquiry.asked:
        claims = by_body.get(body, [])
        if not claims:
            continue
        chosen, because = _chosen(claims)
        if chosen:
            counted[body] = chosen
        if len(claims) > 1:
            same = all(one.says == claims[0].says for one in claims)
            files = tuple(one.file for one in claims)
            duplicates.append(Duplicate(body, files, same, chosen.file if chosen else "", because))
    return counted, tuple(duplicates)


def _chosen(claims: Sequence[Reply]) -> tuple[Reply | None, str]:
    """The one that counts among replies for the same body, and why; None where nothing tells."""
    own = [one for one in claims if not one.is_joint] or list(claims)
    before = "" if len(own) == len(claims) else "取りまとめた回答より、団体が自ら出した回答を採りました。"
    if all(one.says == own[0].says for one in own):
        return own[0], before + ("同じ内容なので、一つだけ数えました。" if len(own) > 1 else "")
    days = [one.day for one in own if one.day]
    newest = [one for one in own if one.day and one.day == max(days)]
    if len(days) == len(own) and all(one.says == newest[0].says for one in newest):
        return newest[0], before + "内容が違うので、回答日の新しい方を採りました。"
    told = "内容が違い、回答日でも決まらないので、どれも数えていません。正しい一つだけを残して数え直してください。"
    return None, before + told


def _uncounted(replies: Iterable[Reply]) -> Iterator[Uncounted]:
    for one in replies:
        if not one.bodies:
            told = "団体コードが読めません。" if one.stated else "団体コードが空欄です。"
            hint = "団体を確かめ、用紙の「団体コード」に6桁の団体コードを入れて数え直してください。"
            yield Uncounted(one.file, one.stated, told, hint)
        elif all(body.startswith(FICTIONAL) for body in one.bodies):
            hint = "試しの回答です。本番の集計では、フォルダーから除いてください。"
            yield Uncounted(one.file, one.stated, f"架空の団体（先頭が {FICTIONAL} の団体コード）の回答です。", hint)


# rows and words -------------------------------------------------------------------------------------------


def _rows(inquiry: Inquiry, counted: Mapping[str, Reply]) -> Iterator[RowCount]:
    agreement = inquiry.codes.agreement.code
    present = frozenset[str]().union(*{one.rows for one in counted.values()})
    kinds = [(inquiry.bodies[body].kind, reply) for body, reply in counted.items()]
    for name, requirement in inquiry.requirements.items():
        if name in present:
            codes = {kind: Counter[str]() for kind in MunicipalityClass}
            for kind, reply in kinds:
                code = reply.code_of(name, agreement)
                if code is not None:
                    codes[kind][code] += 1
            yield RowCount(requirement, codes)


def _opinions(inquiry: Inquiry, counted: Mapping[str, Reply], replies: Iterable[Reply]) -> Iterator[Opinion]:
    """All words of the replies that count, and of those whose body is not known; equal ones together."""
    found: dict[tuple[str, str, str, str], tuple[Opinion, list[str]]] = {}

    def add(who: str, row: str, code: str, opinion: str, proposal: str) -> None:
        if opinion or proposal:
            key = (row, code, squeezed(opinion), squeezed(proposal))
            found.setdefault(key, (Opinion(row, code, opinion, proposal, ()), []))[1].append(who)

    nobody = [(one.file, one) for one in replies if not one.bodies]
    for who, reply in (*counted.items(), *nobody):
        for row, answer in reply.answers.items():
            add(who, row, answer.code, answer.opinion, answer.proposal)
        for remark in reply.remarks:
            add(who, remark.about, UNCLEAR, remark.text, "")
    order = {name: place for place, name in enumerate(inquiry.requirements)}
    last = len(order)
    whole = [Opinion(one.row, one.code, one.opinion, one.proposal, tuple(who)) for one, who in found.values()]
    whole.sort(key=lambda one: (order.get(one.row, last), one.row, int(one.code or 99), -len(one.bodies), one.bodies))
    yield from whole
