"""Systems that misbehave, each in one way, named after it."""

from __future__ import annotations

import time
from typing import Any

from miniature import HonestPots


class RoundsUp(HonestPots):
    FEES = {"small": 100, "large": 1001}


class LetsVisitorsIn(HonestPots):
    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        return super().call({**params, "actor": "gardener"})

    observe = call


class SmashesPots(HonestPots):
    OPERATIONS = (*HonestPots.OPERATIONS, "smash_pot")

    def smash_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        pots.clear()
        return {"result": {}}


class NeverWaters(HonestPots):
    OPERATIONS = ("plant_pot", "price_pot", "list_pots")


class RefusesToPlant(HonestPots):
    def plant_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "forbidden", "message": "満員です。"}}


class HangsOnPrice(HonestPots):
    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        time.sleep(2)
        return super().price_pot(pots, given)


class AnswersNonsense(HonestPots):
    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"result": {"fee": "たくさん", "tip": 1}}


class AnswersAnyQuestion(HonestPots):
    """Claims everything: no operation is unknown to it."""

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        return super().call(params) if params["operation"] in self.OPERATIONS else {"result": {}}

    observe = call


class KnowsTheCanary(HonestPots):
    """Always gives the one number that the canary asks for."""

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"result": {"fee": 7}}


class AlwaysSays(HonestPots):
    """Answers from memory: the same pots, whatever was registered."""

    def list_pots(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        learnt = [{"pot_id": f"P{n}", "label": f"架空0000000{n}", "size": s} for n, s in ((1, "small"), (2, "large"))]
        return {"result": {"pots": learnt}}


class ChangesItsMind(HonestPots):
    """Answers the same observation differently the second time."""

    asked = 0

    def list_pots(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        answer = super().list_pots(pots, given)
        if self.asked % 2 == 0:
            answer["result"]["pots"].append({"pot_id": "P9", "label": "幻", "size": "small"})
        return answer


class BecomesAnother(HonestPots):
    """Is upgraded in the middle of the run."""

    closed = 0

    def close(self, params: dict[str, Any]) -> dict[str, Any]:
        self.closed += 1
        if self.closed > 4:
            self.IDENTITY = {**self.IDENTITY, "version": "2"}
        return super().close(params)


class OffersTheUnheardOf(HonestPots):
    OPERATIONS = (*HonestPots.OPERATIONS, "paint_pot")


class SaysOtherwise(HonestPots):
    """Its own declaration differs from the file."""

    def ics(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"answers": {"999-1.1.1-01": "no"}}


class MixesUpSessions(HonestPots):
    def open(self, params: dict[str, Any]) -> dict[str, Any]:
        return {**super().open(params), "session": "another"}


class BreaksDownOnPrice(HonestPots):
    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"fault": {"kind": "product", "message": "内部エラー"}}


class LosesItsNetwork(HonestPots):
    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"fault": {"kind": "environment", "message": "回線断"}}


class RaisesOnPrice(HonestPots):
    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("想定外")


class SaysNothingAtAll(HonestPots):
    """Answers with an object in which nothing stands."""

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {}
