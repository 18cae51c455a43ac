"""How a step can end badly, and which verdict and fault that is."""

from __future__ import annotations

from kijun.model.errors import DeadlinePassed, DriverBroke
from kijun.model.verdict import Fault, Verdict


class ProductContradiction(AssertionError):
    """An assertion about the product was contradicted: fail."""


class PreconditionNotMet(Exception):
    """What the scenario presupposes could not be established: inconclusive."""


class ObservationsDisagree(Exception):
    """The same question, asked twice with nothing in between, was answered differently: inconclusive."""


class EnvironmentTrouble(Exception):
    """The driver reports that something around the product failed: error."""


class SuiteTrouble(Exception):
    """The scenario itself is wrong (lint would have said so): error."""


_OUTCOMES: tuple[tuple[type[BaseException], Verdict, Fault], ...] = (
    (ProductContradiction, Verdict.FAIL, Fault.PRODUCT),
    (PreconditionNotMet, Verdict.INCONCLUSIVE, Fault.PRODUCT),
    (ObservationsDisagree, Verdict.INCONCLUSIVE, Fault.PRODUCT),
    (DeadlinePassed, Verdict.INCONCLUSIVE, Fault.ENVIRONMENT),
    (DriverBroke, Verdict.ERROR, Fault.DRIVER),
    (EnvironmentTrouble, Verdict.ERROR, Fault.ENVIRONMENT),
)


def outcome_of(error: BaseException) -> tuple[Verdict, Fault]:
    """Everything not raised on purpose is the suite's own fault, never the product's."""
    for kind, verdict, fault in _OUTCOMES:
        if isinstance(error, kind):
            return verdict, fault
    return Verdict.ERROR, Fault.SUITE
