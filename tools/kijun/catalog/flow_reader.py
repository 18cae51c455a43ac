"""Reads requirements/flows/*.yaml and holds every flow against glossary, tables and its own shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kijun.catalog.dictionary import Dictionary, listed
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import Position, Problem
from kijun.model.flow import FlowBook, Lane, Node, NodeKind, Process, Step
from kijun.model.glossary import Glossary

_KINDS = {
    NodeKind.START: "始まり",
    NodeKind.DATE: "始まり",
    NodeKind.TASK: "作業",
    NodeKind.CHOICE: "分岐",
    NodeKind.PARALLEL: "並行",
    NodeKind.END: "終わり",
}


def read_flows(
    root: Path, glossary: Glossary, businesses: Collection[str], requirements: Collection[str]
) -> tuple[tuple[FlowBook, ...], list[Problem]]:
    """Every flow file of a root, with all problems of all of them."""
    books: list[FlowBook] = []
    problems: list[Problem] = []
    for path in sorted((root / "requirements" / "flows").glob("*.yaml")):
        file = read_yaml(path)
        faults = file.problems or schema_problems("flows", file)
        if not faults:
            reader = _Reader(file, glossary, requirements)
            books.append(reader.book())
            faults = [*reader.problems, *_stray_problems(path, books[-1].business, businesses)]
        problems += faults
    return tuple(books), problems


def _stray_problems(path: Path, business: str, businesses: Collection[str]) -> Iterator[Problem]:
    """A file bears the name of its business, and that has a table."""
    if business not in businesses or path.stem != business:
        hint = f"使えるのは {'、'.join(sorted(businesses))} です。ファイルも同じ名前にしてください。"
        told = f"業務フロー {path.name} の業務「{business}」の要件表がないか、ファイルの名前と違います。"
        yield Problem(Position.of(path), told, hint)


class _Reader(Dictionary):
    """Builds the flows one by one and collects what does not fit."""

    def __init__(self, file: YamlFile, glossary: Glossary, requirements: Collection[str]) -> None:
        super().__init__(file, glossary)
        self._requirements = frozenset(requirements)

    def book(self) -> FlowBook:
        head, rows = self.data["flows"], self.data["processes"]
        self._check_doubles(rows, ("processes",), "業務フロー")
        processes = tuple(self._process(row, ("processes", index)) for index, row in enumerate(rows))
        return FlowBook(head["business"], head["status"], head["source"], processes)

    def _process(self, row: Mapping[str, Any], key: tuple[str | int, ...]) -> Process:
        self._check_doubles(row["lanes"], (*key, "lanes"), "担当")
        self._check_doubles(row["nodes"], (*key, "nodes"), "作業")
        lanes = tuple(Lane(one["id"], one["title"], one.get("automatic", False)) for one in row["lanes"])
        nodes = tuple(_node(one) for one in row["nodes"])
        process = Process(row["id"], row["title"], row["purpose"], lanes, nodes)
        before = len(self.problems)
        for index, node in enumerate(nodes):
            self._check_names(process, node, (*key, "nodes", index))
            self._check_shape(process, node, (*key, "nodes", index))
        self._check_lanes(process, key)
        if len(self.problems) == before:
            self._check_ways(process, key)
        return process

    def _check_doubles(self, rows: Iterable[Mapping[str, Any]], key: tuple[str | int, ...], what: str) -> None:
        seen: set[str] = set()
        for index, row in enumerate(rows):
            if row["id"] in seen:
                self.complain((*key, index), f"{what}の id「{row['id']}」が二度あります。", "別の id にしてください。")
            seen.add(row["id"])

    def _check_names(self, process: Process, node: Node, key: tuple[str | int, ...]) -> None:
        """Every name that a node refers to means something."""
        if node.lane not in {lane.id for lane in process.lanes}:
            self.unknown((*key, "lane"), "担当", node.lane, [lane.id for lane in process.lanes])
        for place, step in enumerate(node.next):
            if step.to not in process.by_id:
                self.unknown((*key, "next", place), "次の作業", step.to, process.by_id)
        for place, one in enumerate(node.operations):
            at = (*key, "operations", place)
            if not self.glossary.has_operation_key(one):
                self.unknown(at, "用語集に操作", one, [known.key for known in self.glossary.operations])
            elif self.glossary.operation_of(one).prohibited:
                told = f"作業「{node.title}」の操作「{one}」は、持ってはならない機能です。"
                self.complain(at, told, "業務フローからは外してください。")
        for place, one in enumerate(node.requirements):
            if one not in self._requirements:
                self.unknown((*key, "requirements", place), "要件", one, self._requirements)

    def _check_shape(self, process: Process, node: Node, key: tuple[str | int, ...]) -> None:
        """A node of each kind has the ways in and out that the kind needs, and nothing that it cannot have."""
        ways_in = sum(step.to == node.id for _, step in process.steps)
        for fault, hint in _shape_faults(node, ways_in):
            self.complain(key, f"{_KINDS[node.kind]}「{node.title or node.id}」{fault}", hint)

    def _check_lanes(self, process: Process, key: tuple[str | int, ...]) -> None:
        used = {node.lane for node in process.nodes}
        for index, lane in enumerate(process.lanes):
            if lane.id not in used:
                told = f"担当「{lane.title}」の作業が一つもありません。"
                self.complain((*key, "lanes", index), told, "作業を加えるか、担当を消してください。")

    def _check_ways(self, process: Process, key: tuple[str | int, ...]) -> None:
        """Every node is reached from a start and reaches an end."""
        ahead = {node.id: [step.to for step in node.next] for node in process.nodes}
        behind = {node.id: [one.id for one, step in process.steps if step.to == node.id] for node in process.nodes}
        reached = _reached([node.id for node in process.nodes if node.kind.begins], ahead)
        ending = _reached([node.id for node in process.nodes if node.kind is NodeKind.END], behind)
        for there, fault in ((reached, "始まりからたどり着けません"), (ending, "どの終わりにもたどり着きません")):
            lost = [node.title or node.id for node in process.nodes if node.id not in there]
            if lost:
                told = f"業務フロー「{process.title}」の{listed(lost)}は{fault}。"
                self.complain((*key, "nodes"), told, "next を確かめてください。")


def _node(row: Mapping[str, Any]) -> Node:
    steps = (Step(one) if isinstance(one, str) else Step(one["to"], one["when"]) for one in row.get("next", ()))
    operations, requirements = (tuple(row.get(name, ())) for name in ("operations", "requirements"))
    kind = NodeKind(row.get("kind", NodeKind.TASK))
    return Node(row["id"], kind, row["lane"], row["title"], operations, requirements, tuple(steps))


def _shape_faults(node: Node, ways_in: int) -> Iterator[tuple[str, str]]:
    kind, ways_out = node.kind, len(node.next)
    if not node.title and kind is not NodeKind.PARALLEL:
        yield "に title がありません。", "何をするかを書いてください。"
    if kind.begins and ways_in:
        yield "へ戻る流れがあります。", "始まりの次の作業へ戻してください。"
    if kind is NodeKind.END and ways_out:
        yield "に次の作業があります。", "next を消すか、kind を task にしてください。"
    if kind is not NodeKind.END and not ways_out:
        yield "に次の作業がありません。", "next を書くか、kind を end にしてください。"
    if kind in (NodeKind.START, NodeKind.DATE, NodeKind.TASK) and ways_out > 1:
        yield f"から流れが {ways_out} 本出ています。", "choice か parallel を間に置いてください。"
    if kind is NodeKind.CHOICE and ways_out < 2:
        yield "に二つ以上の行き先がありません。", "行き先と条件（to と when）を加えてください。"
    if kind is NodeKind.PARALLEL and ways_out < 2 and ways_in < 2:
        yield "が、流れを分けても合わせてもいません。", "次の作業を加えるか、外してください。"
    if any(bool(step.when) != (kind is NodeKind.CHOICE) for step in node.next):
        yield "の条件（when）の有無が合いません。", "条件は choice からの流れの全てに、そこだけに書きます。"
    if any(count > 1 for count in Counter(step.to for step in node.next).values()):
        yield "から同じ行き先が二度あります。", "一つにまとめてください。"
    if kind is not NodeKind.TASK and (node.operations or node.requirements):
        yield "に操作か要件があります。", "作業（task）へ移してください。"


def _reached(first: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    found, waiting = set[str](), list(first)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(ways[one])
    return found
