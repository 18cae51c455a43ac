"""The contract with somebody else's system: one message set, whatever the transport.

A driver turns abstract operations into what the product offers. It never sees an expected value and
never says pass or fail. Messages and replies are JSON objects; requirements/schema/driver_message.json
and the schemas generated from the glossary say what they may hold.
"""

from __future__ import annotations

from typing import Any, Protocol

PROTOCOL_VERSION = "1"
METHODS = ("hello", "ics", "open", "call", "observe", "attach", "close", "bye")

Message = dict[str, Any]


class Driver(Protocol):
    """One conversation with the system. Each is used by one thread at a time; several may exist at once.

    `honours_deadlines` says that `exchange` returns or raises DeadlinePassed by itself in time; the
    harness watches over every driver that does not.
    """

    honours_deadlines: bool

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        """Answer one message. Raises DriverBroke, ConnectionLost or DeadlinePassed."""
        ...

    def reconnect(self) -> None:
        """Start again after a crash; raises ConnectionLost when the system stays unreachable."""
        ...

    def shut(self) -> None:
        """Release processes and sockets; never raises."""
        ...

    def stderr_tail(self) -> str:
        """The last lines the driver wrote beside the protocol, for evidence and messages."""
        ...
