"""A driver that is a service of its own: the messages of the stdio transport as POST bodies to `<url>/<method>`."""

from __future__ import annotations

import time

from kijun.drivers import json_rpc
from kijun.drivers.web_client import GATEWAY_TROUBLE, Answer, Endpoint, WebClient
from kijun.model.driver import Message
from kijun.model.errors import ConnectionLost, DriverBroke
from kijun.model.statement import SystemUnderTest

_HINTS = {
    401: "bearer_from か client_certificate_from を確かめてください。",
    403: "bearer_from か client_certificate_from を確かめてください。",
    404: "sut.yaml の url の道筋を確かめてください。",
}


class HttpSystem:
    """One keep-alive connection per session to the same service."""

    def __init__(self, sut: SystemUnderTest) -> None:
        self._endpoint = Endpoint.of(sut)

    def connect(self) -> HttpDriver:
        return HttpDriver(self._endpoint)

    def shut(self) -> None:
        """Connections belong to their drivers."""


class HttpDriver:
    """JSON-RPC 2.0 by POST. Replies are matched by id; anything but 200 with the right id is not an answer."""

    honours_deadlines = True

    def __init__(self, endpoint: Endpoint) -> None:
        self._client = WebClient(endpoint)
        self._next_id = 0

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        self._next_id += 1
        body = json_rpc.request(self._next_id, method, params)
        until = time.monotonic() + deadline_seconds
        answer = self._client.request("POST", f"/{method}", until, body, {"Content-Type": "application/json"})
        self._check_status(answer, method)
        return json_rpc.result(answer.body, self._next_id, method)

    def reconnect(self) -> None:
        self._client.wait_until_there()

    def shut(self) -> None:
        self._client.close()

    def stderr_tail(self) -> str:
        return ""

    def _check_status(self, answer: Answer, method: str) -> None:
        if answer.status in GATEWAY_TROUBLE:
            raise ConnectionLost(f"{self._client.url} の手前の中継が HTTP {answer.status} を返しました。")
        if answer.status != 200:
            hint = _HINTS.get(answer.status, "応答は誤りも含めて HTTP 200 の JSON-RPC で返してください。")
            raise DriverBroke(f"{method} に HTTP {answer.status} が返りました: {answer.shown()}　{hint}")
