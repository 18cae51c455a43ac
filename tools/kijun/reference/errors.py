"""Business refusals: a code for programs, a sentence for people, an HTTP status."""

from __future__ import annotations

_STATUS = {
    "forbidden": 403,
    "not_found": 404,
    "duplicate": 409,
    "conflicting_state": 409,
    "unpaid": 409,
    "alert_not_confirmed": 409,
    "outsourced_count_mismatch": 409,
    "one_vehicle_per_person": 409,
    "restrained": 409,
    "zero_received": 409,
}


class Refusal(Exception):
    """The request is understood and refused; nothing has changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def status(self) -> int:
        return _STATUS.get(self.code, 422)
