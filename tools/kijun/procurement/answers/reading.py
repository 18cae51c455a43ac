"""Reads an answer book by its confirmed mapping: as many rows come out as went in, answered, asked about or listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kijun.catalog.answer_mapping import AnswerMapping, RowReading
from kijun.catalog.import_columns import ColumnWords, bare
from kijun.catalog.matching import plain
from kijun.catalog.workbook_reader import Book
from kijun.model.bid import AnswerStatus, Bid, BidAnswer, Cost, Due, UnplacedRow, contradictions
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.personal_number import without_personal_numbers
from kijun.model.requirement import Obligation, Requirement
from kijun.procurement import notation
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.tables import KEYS, Row, Table, found_tables, mapped_tables, other_headings
from kijun.procurement.legend import Legend

_NOW = (AnswerStatus.STANDARD, AnswerStatus.SETTING)
_LOST = "\N{REPLACEMENT CHARACTER}"
_AGAIN = "対応表を別の名前に移し、同じ命令で提案を作り直してください。"
_TOLD = 5  # places named of one code
Asked = Callable[[Requirement], Obligation]


@dataclass(frozen=True, slots=True)
class Reading:
    """A bid, and what a person should know of how it was read."""

    bid: Bid
    notes: tuple[str, ...]
    blank: tuple[str, ...]  # places of answers that are missing
    missing: tuple[str, ...]  # requirements without a row


def read_answers(
    path: str, book: Book, mapping: AnswerMapping, words: ColumnWords, index: Index, obligation: Asked
) -> Reading:
    """Read every row. Raises ConfigurationError where book and mapping do not fit, with every code that is unknown."""
    tables = fitting_tables(path, book, mapping, words)
    legend, problems = read_legend(mapping)
    rows = [row for table in tables for row in table.rows()]
    confirmed, faults = confirmed_rows(rows, mapping, index)
    problems += [*faults, *_unknown_codes(path, rows, legend), *_nameless(mapping)]
    if problems:
        raise ConfigurationError(problems)
    reader = _Reader(index, legend, confirmed, obligation, words)
    for row in rows:
        reader.read(row)
    businesses = {index.by_id[one].business for one in reader.answers}
    bid = Bid(
        bidder=mapping.bidder,
        product=mapping.product,
        version=mapping.version,
        editions={one: edition for one, edition in index.editions.items() if one in businesses},
        answers=reader.answers,
        source=book.name,
        digest=book.sha256,
        legend=legend.codes,
        unplaced=tuple(reader.unplaced),
    )
    asked = [one for one in index.by_id.values() if one.business in businesses]
    return Reading(
        bid,
        tuple(_notes(book, mapping)),
        tuple(one.place for one in bid.answers.values() if one.status is AnswerStatus.UNANSWERED and not one.written),
        tuple(one.id for one in asked if one.id not in bid.answers),
    )


def fitting_tables(path: str, book: Book, mapping: AnswerMapping, words: ColumnWords) -> list[Table]:
    """The tables of a mapping in its book. Raises ConfigurationError when this is another book."""
    at = Position.of(path)
    if found_tables(book, words).structure != mapping.structure:
        told = f"対応表を確かめたときの回答表（{mapping.name}）と、シートか見出しが違います。"
        raise ConfigurationError([Problem(at, told, _AGAIN)])
    tables, absent = mapped_tables(book, mapping.sheets)
    if absent:
        names = "」「".join(one.name for one in book.grids)
        told = f"対応表のシート「{'」「'.join(absent)}」がありません（あるのは「{names}」）。"
        raise ConfigurationError([Problem(at, told, "対応表の sheet を直してください。")])
    if moved := [cell for table in tables for cell in other_headings(table, words)]:
        told = f"{'、'.join(moved)} から、列の違う表が始まっています。"
        raise ConfigurationError([Problem(at, told, "写しを作り、表ごとにシートを分けて読んでください。")])
    return tables


def read_legend(mapping: AnswerMapping) -> tuple[Legend, list[Problem]]:
    """Codes as confirmed, folded; a code that is told twice, or that only points at another cell, is a problem."""
    codes, problems = dict[str, AnswerStatus](), list[Problem]()
    for number, one in enumerate(mapping.legend):
        at = mapping.file.at("legend", number) if mapping.file else Position.of(mapping.name)
        code = notation.sign(one.code)
        if one.status is None:
            continue
        if codes.get(code, one.status) is not one.status:
            problems.append(Problem(at, f"符号「{one.code}」に二つの意味があります。", "どちらかを消してください。"))
        if notation.is_ditto(code) and one.status is not AnswerStatus.UNANSWERED:
            told = f"「{one.code}」はほかの欄を指す言葉で、どの行でも同じ答えとは限りません。"
            problems.append(Problem(at, told, "unanswered とし、何を答えたかを事業者に確かめてください。"))
        codes[code] = one.status
    return Legend(codes), problems


def _notes(book: Book, mapping: AnswerMapping) -> Iterator[str]:
    if book.sha256 != mapping.sha256:
        yield "対応表を確かめた後に回答表が変わっています（シートと見出しは同じ）。変わった所を確かめてください。"
    yield from book.notes


def confirmed_rows(
    rows: Sequence[Row], mapping: AnswerMapping, index: Index
) -> tuple[dict[str, RowReading], list[Problem]]:
    """Cell → what a person said of its row; a row that is not there any more is a problem."""
    there = {row.cell("text"): row for row in rows}
    found, problems = dict[str, RowReading](), list[Problem]()
    for number, one in enumerate(mapping.rows):
        at = mapping.file.at("rows", number) if mapping.file else Position.of(mapping.name)
        row = there.get(one.at)
        if row is None or not row.words.startswith(one.sees):
            told = f"{one.at} に「{one.sees}」を初めに持つ行がありません。"
            problems.append(Problem(at, told, "行がずれています。at を直すか、その項を消してください。"))
        elif one.requirement and one.requirement not in index.by_id:
            problems.append(Problem(at, f"要件番号 {one.requirement} は要件表にありません。", "番号を直してください。"))
        found[one.at] = one
    return found, problems


def _nameless(mapping: AnswerMapping) -> Iterator[Problem]:
    if not mapping.bidder:
        at = mapping.file.at("book", "bidder") if mapping.file else Position.of(mapping.name)
        yield Problem(at, "事業者の名前がありません。", "bidder に書いてください。")


def requirement_of(
    row: Row, index: Index, confirmed: Mapping[str, RowReading], words: ColumnWords
) -> tuple[Requirement | None, str]:
    """The requirement of a row as a person placed it, else by its number; or why it has none."""
    placed = index.by_number(row)
    if said := confirmed.get(row.cell("text")):
        because = f"{placed.because}対応表で、どの要件にも結び付けないとしています。"
        return index.by_id.get(said.requirement), because
    if struck := row.struck("text") or row.struck("number") or row.struck("official_id"):
        return None, f"取り消し線で消された行です（「{struck[:20]}」）。"
    if bare(row.text("text")) in words.fields["text"] or bare(row.text("answer")) in words.answers["answer"]:
        return None, "見出しの繰返しです。"
    if not any(map(row.text, KEYS)):
        return None, "番号も文もない行です。"
    return placed.requirement, placed.because or "番号の要件がなく、対応表の rows にもない行です。"


def _unknown_codes(path: str, rows: Sequence[Row], legend: Legend) -> Iterator[Problem]:
    places = dict[str, list[str]]()
    for row in rows:
        if legend.status(row.answer) is None:
            places.setdefault(notation.sign(row.answer), []).append(row.place)
    for code, cells in places.items():
        more = f" ほか {len(cells) - _TOLD} 欄" if len(cells) > _TOLD else ""
        told = f"{'、'.join(cells[:_TOLD])}{more}の「{code}」は、確かめた凡例にありません。"
        yield Problem(Position.of(path), told, "対応表の legend に意味を書き足してください。")


class _Reader:
    """Takes one row after another."""

    def __init__(
        self,
        index: Index,
        legend: Legend,
        confirmed: Mapping[str, RowReading],
        obligation: Asked,
        words: ColumnWords,
    ) -> None:
        self.index, self.legend, self.confirmed = index, legend, confirmed
        self.obligation, self.words = obligation, words
        self.answers: dict[str, BidAnswer] = {}
        self.unplaced: list[UnplacedRow] = []

    def read(self, row: Row) -> None:
        requirement, because = requirement_of(row, self.index, self.confirmed, self.words)
        if requirement is None:
            self._list(row, because)
            return
        answer = self._answer(row, requirement)
        first = self.answers.get(requirement.id)
        if first is None:
            self.answers[requirement.id] = answer
        elif (first.written, first.cost, first.due) == (answer.written, answer.cost, answer.due):
            self._list(row, f"要件 {requirement.id} の二つ目の行です（答えは {first.place} と同じ）。")
        else:
            told = f"{row.place} にも同じ要件の行があり、違う答え「{answer.written}」が書かれています。"
            questions = (*first.questions, told)
            self.answers[requirement.id] = replace(first, status=AnswerStatus.CONFLICT, questions=questions)
            self._list(row, f"要件 {requirement.id} の二つ目の行です（{first.place} と答えが違います）。")

    def _list(self, row: Row, because: str) -> None:
        answer = f"（答え「{without_personal_numbers(row.answer)}」）" if row.answer else ""
        self.unplaced.append(UnplacedRow(row.place, row.words + answer, because))

    def _answer(self, row: Row, requirement: Requirement) -> BidAnswer:
        status = self.legend.status(row.answer) or AnswerStatus.UNANSWERED
        is_shared = row.is_shared("cost") and bool(row.text("cost"))
        cost = None if is_shared else notation.cost(row.text("cost"), row.table.sheet.cost_unit)
        due = notation.due(row.text("due"))
        is_comment = row.comment and row.answer != row.comment
        comment = f"（コメント）{row.comment}" if is_comment else ""
        remarks = "\n".join(filter(None, (row.text("remarks"), comment)))
        answer = BidAnswer(
            requirement=requirement.id,
            status=status,
            written=without_personal_numbers(row.answer),
            place=row.place,
            cost=cost,
            due=due,
            remarks=without_personal_numbers(remarks),
        )
        found = [*contradictions(answer, self.obligation(requirement))]
        questions = [*_questions(row, answer), *self._text_questions(row, requirement), *(one.text for one in found)]
        if is_shared:
            questions.append(
                f"費用は {row.cell('cost')} の行に含めました（結合されたセル）。分け方を確かめてください。"
            )
        if (answer.written, answer.remarks) != (row.answer, remarks):
            questions.append("個人番号のように見える数字を伏せました。元のファイルの扱いを決めてください。")
        if any(one.is_fatal for one in found):
            status = AnswerStatus.CONFLICT
        return replace(answer, status=status, questions=tuple(dict.fromkeys(questions)))

    def _text_questions(self, row: Row, requirement: Requirement) -> Iterator[str]:
        """A number may stand beside another row's text; a row that a person placed was looked at."""
        text = row.text("text")
        if text and plain(text) != plain(requirement.text) and row.cell("text") not in self.confirmed:
            yield "行の文が要件表の文と違います。番号と行がずれていないか確かめてください。"


def _questions(row: Row, answer: BidAnswer) -> Iterator[str]:
    """What reading the cells of one row leaves open."""
    if answer.written and answer.status is AnswerStatus.UNANSWERED:
        yield f"「{answer.written}」からは答えが決まりません。"
    if struck := row.struck("answer"):
        yield f"答え「{struck}」が取り消し線で消されています。"
    for field in ("answer", "cost", "due"):
        if row.is_empty_formula(field):
            yield f"{row.cell(field)} の式に、値が残っていないか、誤り（#N/A など）です。"
    yield from _cost_questions(row, answer.cost, answer.status)
    yield from _due_questions(row, answer.due)
    if _LOST in "".join(map(row.text, row.table.sheet.columns)):
        yield "文字が壊れています（U+FFFD）。"


def _cost_questions(row: Row, cost: Cost | None, status: AnswerStatus) -> Iterator[str]:
    if cost and cost.yen is None:
        yield f"{row.cell('cost')} の費用「{cost.written}」: {cost.note}"
        if status in _NOW:
            yield f"「{row.answer}」（{status.label}）なのに、費用が「{cost.written}」です。"


def _due_questions(row: Row, due: Due | None) -> Iterator[str]:
    if due and due.note:
        yield f"{row.cell('due')} の予定「{due.written}」: {due.note}"
