"""One session runs one case after another over one connection: the object behind all three doors."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kijun.engine.conversation import Attachment, Conversation
from kijun.engine.outcomes import outcome_of
from kijun.engine.world import World
from kijun.model.errors import ConnectionLost, DeadlinePassed, DriverBroke
from kijun.model.glossary import Glossary
from kijun.model.plan import DataTable, Scenario
from kijun.model.profile import Profile
from kijun.model.verdict import Fault, Verdict


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one attempt at one scenario came to."""

    verdict: Verdict
    fault: Fault | None
    message: str
    assertions: int
    failed_step: int | None
    milliseconds: float
    transcript: tuple[dict[str, Any], ...]
    attachments: tuple[Attachment, ...] = ()


class StepContext:
    """What a step function receives: the world, and the table or text under the step."""

    __slots__ = ("table", "text", "world")

    def __init__(self, world: World) -> None:
        self.world = world
        self.table: DataTable | None = None
        self.text: str | None = None


class IdentityChanged(Exception):
    """The product is not the one that was greeted."""


class Session:
    """Runs cases over one conversation; used by one thread."""

    def __init__(
        self,
        conversation: Conversation,
        glossary: Glossary,
        profile: Profile,
        seed: str,
        identity: dict[str, str],
        editions: dict[str, str],
    ) -> None:
        self.conversation = conversation
        self._glossary = glossary
        self._profile = profile
        self._seed = seed
        self._identity = identity
        self._editions = editions
        self.is_stale = False

    def run(self, scenario: Scenario, name: str) -> CaseResult:
        """Run a scenario from open to close. Raises ConnectionLost and IdentityChanged; all else is a result."""
        started = time.perf_counter()
        try:
            world = self.begin(scenario, name)
        except (DriverBroke, DeadlinePassed) as error:
            return self._result(None, started, error, None)
        context = StepContext(world)
        index = None
        failure: BaseException | None = None
        try:
            for index, step in enumerate(scenario.steps):  # noqa: B007 - the index of the failed step is told
                context.table = step.table
                step.function(context, **step.arguments)
        except ConnectionLost:
            raise
        except Exception as error:  # noqa: BLE001 - every way to fail has a verdict
            failure = error
        return self.finish(world, started, failure, index if failure else None)

    def begin(self, scenario: Scenario, name: str) -> World:
        """Open the system for one scenario and hand out its world.

        After a broken or late answer the connection is made anew first: what it would still say belongs to the
        case before, and no verdict may depend on who came before.
        """
        self.conversation.transcript = []  # what fails from here on is not the evidence of the case before
        if self.is_stale:
            self.renew()
        self.conversation.open(name, self._profile)
        return World(self.conversation, self._glossary, self._profile, self._seed, scenario.id)

    def renew(self) -> None:
        """Connect again and greet again. Raises ConnectionLost, and IdentityChanged for another product."""
        self.conversation.driver.reconnect()
        identity = self.conversation.hello(self._editions, self._seed).identity
        if identity != self._identity:
            raise IdentityChanged(f"つなぎ直すと製品の名乗りが違いました: {self._identity} → {identity}")
        self.conversation.ics()
        self.is_stale = False

    def finish(self, world: World, started: float, failure: BaseException | None, step: int | None) -> CaseResult:
        """Take the driver's evidence, close the system and judge. A fault while closing outweighs a pass."""
        attachments: tuple[Attachment, ...] = ()
        try:
            if not isinstance(failure, DeadlinePassed | DriverBroke):
                attachments = self.conversation.attachments()
                identity = self.conversation.close()
                if identity != self._identity:
                    raise IdentityChanged(f"製品の名乗りが途中で変わりました: {self._identity} → {identity}")
        except (DriverBroke, DeadlinePassed) as error:
            failure, step = failure or error, step
        return replace(self._result(world, started, failure, step), attachments=attachments)

    def _result(
        self, world: World | None, started: float, failure: BaseException | None, step: int | None
    ) -> CaseResult:
        verdict, fault = outcome_of(failure) if failure else (Verdict.PASS, None)
        self.is_stale = isinstance(failure, DeadlinePassed | DriverBroke)
        return CaseResult(
            verdict=verdict,
            fault=fault,
            message=_told(failure) if failure else "",
            assertions=world.assertions if world else 0,
            failed_step=step,
            milliseconds=round((time.perf_counter() - started) * 1000, 3),
            transcript=tuple(one for one in self.conversation.transcript if one["method"] in ("call", "observe")),
        )


def _told(failure: BaseException) -> str:
    text = str(failure)
    return text if type(failure).__module__.startswith("kijun.") else f"{type(failure).__name__}: {text}"


Connect = Callable[[], Conversation]
