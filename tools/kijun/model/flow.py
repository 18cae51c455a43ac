"""A business flow: who does what in which order, with the operations and requirements that every step stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NodeKind(StrEnum):
    """What a node of a flow is."""

    START = "start"
    DATE = "date"  # a start that the calendar brings about
    TASK = "task"
    CHOICE = "choice"  # one of several ways
    PARALLEL = "parallel"  # all of several ways, or waiting for all of them
    END = "end"

    @property
    def begins(self) -> bool:
        return self in (NodeKind.START, NodeKind.DATE)


@dataclass(frozen=True, slots=True)
class Lane:
    """Who does the work of a column; an automatic one is a system that acts by itself."""

    id: str
    title: str
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A way out of a node; `when` tells the condition of a choice."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is done, happens or is decided."""

    id: str
    kind: NodeKind
    lane: str
    title: str
    operations: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    next: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """One flow from its starts to its ends. Nodes stand in the order in which an official reads them."""

    id: str
    title: str
    purpose: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]

    @property
    def steps(self) -> tuple[tuple[Node, Step], ...]:
        """Every way from one node to another, in the order of the nodes."""
        return tuple((node, step) for node in self.nodes for step in node.next)

    @property
    def by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    def lane_of(self, node: Node) -> Lane:
        return next(lane for lane in self.lanes if lane.id == node.lane)


@dataclass(frozen=True, slots=True)
class FlowBook:
    """The flows of one business, and what they may be taken for."""

    business: str
    status: str  # draft: our own, compared with no published flow
    source: str
    processes: tuple[Process, ...]
