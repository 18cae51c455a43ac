"""A driver that is a service: honest over real sockets, and misbehaving in every way a network allows."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest
from certificates import of_this_machine, self_signed, server_side
from characters import BecomesAnother
from miniature import FEES, HonestPots, InProcess, Miniature, events
from pot_service import Service, every, never, pricing
from runs import folder, run, statuses, verdicts

from kijun.catalog.configuration import read_system
from kijun.drivers import reach, web_client
from kijun.drivers.http import HttpDriver, HttpSystem
from kijun.engine.session import IdentityChanged
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, DriverBroke, RunStopped
from kijun.model.statement import SystemUnderTest

PLANT = {"session": "s", "operation": "plant_pot", "input": {"size": "small", "label": "甲"}, "actor": "gardener"}


def sut(url: str, place: Path = Path(), **settings: Any) -> SystemUnderTest:
    return SystemUnderTest(folder=place, driver="http", settings={"url": url, **settings})


def connect(url: str, place: Path = Path(), **settings: Any) -> HttpDriver:
    return HttpSystem(sut(url, place, **settings)).connect()


def third_message(driver: HttpDriver) -> Any:
    driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 5)
    driver.exchange("call", PLANT, 5)
    return driver.exchange("call", PLANT, 0.5)


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


# the wire ---------------------------------------------------------------------------------------------------


def test_an_honest_service_answers_over_one_connection() -> None:
    with Service(HonestPots()) as service:
        assert third_message(connect(service.url))["result"]["pot_id"] == "P2"
        assert (service.messages, service.connections) == (3, 1)
        assert "Authorization" not in service.headers


@pytest.mark.parametrize(
    ("habit", "trouble", "message"),
    [
        ("wrong-id", DriverBroke, "id が 999 です（期待は 3）"),
        ("malformed", DriverBroke, "JSON ではありません: {これは"),
        ("no-result", DriverBroke, "result のオブジェクトがありません"),
        ("old-protocol", DriverBroke, "JSON-RPC 2.0 ではありません"),
        ("error", DriverBroke, "できません"),
        ("error-500", DriverBroke, "HTTP 500 が返りました"),
        ("denied", DriverBroke, "HTTP 401 が返りました: {.*bearer_from"),
        ("moved", DriverBroke, "HTTP 302 が返りました"),
        ("gateway", ConnectionLost, "中継が HTTP 503 を返しました"),
        ("drop", ConnectionLost, "POST /call の途中で .* との接続が切れました"),
        ("cut", ConnectionLost, "POST /call の途中で .* との接続が切れました"),
        ("slow", DeadlinePassed, "POST /call に期限内の応答がありません"),
        ("drip", DeadlinePassed, "POST /call に期限内の応答がありません"),
    ],
)
def test_a_misbehaving_service_is_told_apart(habit: str, trouble: type[Exception], message: str) -> None:
    with Service(HonestPots(), habit, every(3)) as service:
        driver, started = connect(service.url), time.monotonic()
        with pytest.raises(trouble, match=message):
            third_message(driver)
        assert time.monotonic() - started < 1.0
        service.when = never
        assert driver.exchange("bye", {}, 5)["identity"]["product"] == "鉢"  # nothing old is left on the line


def test_nobody_listening_is_told_with_the_next_step() -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    with pytest.raises(ConnectionLost, match=f"{url} につながりません（Connection refused）。.*宛先を確かめて"):
        connect(url).exchange("bye", {}, 5)


def test_a_host_that_does_not_exist_is_told() -> None:
    with pytest.raises(ConnectionLost, match=r"http://kijun\.invalid につながりません"):
        connect("http://kijun.invalid").exchange("bye", {}, 5)


def test_a_service_that_comes_back_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with Service(HonestPots()) as service:
        driver = connect(service.url)
        driver.reconnect()
        assert driver.exchange("bye", {}, 5)["identity"]["version"] == "1"
    monkeypatch.setattr(web_client, "_RECONNECT_SECONDS", 0.3)
    with pytest.raises(ConnectionLost, match="につながりません"):
        driver.reconnect()


# trust ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate of this machine, and one of a client."""
    place = tmp_path_factory.mktemp("certificates")
    of_this_machine(place)
    self_signed(place, "client")
    return place


def test_a_certificate_that_nobody_trusts_ends_the_contact(certificates: Path) -> None:
    with Service(HonestPots(), tls=server_side(certificates)) as service:
        with pytest.raises(ConnectionLost, match=r"安全につながりません.*ca_file"):
            connect(service.url).exchange("bye", {}, 5)
        assert service.messages == 0


def test_an_authority_of_ones_own_is_trusted_when_named(certificates: Path) -> None:
    with Service(HonestPots(), tls=server_side(certificates)) as service:
        driver = connect(service.url, certificates, ca_file="server.pem")
        assert driver.exchange("bye", {}, 5)["identity"]["product"] == "鉢"
        elsewhere = service.url.replace("127.0.0.1", "localhost")  # not what the certificate is for
        with pytest.raises(ConnectionLost, match="安全につながりません"):
            connect(elsewhere, certificates, ca_file="server.pem").exchange("bye", {}, 5)


def test_a_client_certificate_is_shown_when_the_environment_has_one(
    certificates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POT_CERTIFICATE", str(certificates / "client.pem"))
    monkeypatch.setenv("POT_KEY", str(certificates / "client.key"))
    names = {"client_certificate_from": "POT_CERTIFICATE", "client_key_from": "POT_KEY"}
    with Service(HonestPots(), tls=server_side(certificates, asks_client=True)) as service:
        with pytest.raises(ConnectionLost):
            connect(service.url, certificates, ca_file="server.pem").exchange("bye", {}, 5)
        driver = connect(service.url, certificates, ca_file="server.pem", **names)
        assert driver.exchange("bye", {}, 5)["identity"]["product"] == "鉢"


def test_a_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POT_TOKEN", "s3cret")
    with Service(HonestPots()) as service:
        connect(service.url, bearer_from="POT_TOKEN").exchange("bye", {}, 5)
        assert service.headers["Authorization"] == "Bearer s3cret"


def test_proxies_of_the_environment_are_used_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = f"http://127.0.0.1:{closed_port()}"
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, proxy)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Service(HonestPots()) as service:
        assert connect(service.url).exchange("bye", {}, 5)
        with pytest.raises(ConnectionLost, match=r"中継（プロキシ）を通れません.*use_proxy"):
            connect(service.url, use_proxy=True).exchange("bye", {}, 5)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert connect(service.url, use_proxy=True).exchange("bye", {}, 5)


# sut.yaml ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        ('url: "ftp://somewhere"', 4, "「url」の値 .* は書き方 "),
        ('url: "http://"', 4, "宛先「http://」は URL ではありません"),
        ('url: "https://a:b@c"', 4, "宛先にパスワードが書かれています"),
        ('url: "http://c"\n    bearer_from: "eyJhbGciOi"', 5, "「bearer_from」の値 .* は書き方 "),
        ('url: "http://c"\n    bearer_from: "POT_MISSING"', 5, "環境変数 POT_MISSING がありません.*値を sut.yaml に"),
        ('url: "http://c"\n    bearer_from: "POT_BROKEN"', 5, "環境変数 POT_BROKEN の値に使えない文字"),
        ('url: "https://c"\n    ca_file: "none.pem"', 5, "none.pem」を読めません（No such file"),
        ('url: "https://c"\n    ca_file: "sut.yaml"', 5, "sut.yaml」を読めません（.*PEM"),
        ('url: "https://c"\n    client_certificate_from: "POT_NOWHERE"', 5, "/nowhere.pem」を読めません"),
        ('url: "https://c"\n    client_key_from: "POT_NOWHERE"', 4, "「client_certificate_from」も要ります"),
        ('ur: "http://c"', 4, "「url」がありません"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, line: int, message: str
) -> None:
    monkeypatch.setenv("POT_BROKEN", "two\nlines")
    monkeypatch.setenv("POT_NOWHERE", "/nowhere.pem")
    (tmp_path / "sut.yaml").write_text(f'sut:\n  driver: "http"\n  settings:\n    {settings}\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message) as caught:
        reach(read_system(tmp_path))
    assert any(problem.at.line in (line, line - 1) for problem in caught.value.problems)


def test_all_settings_that_cannot_be_used_are_told_at_once(tmp_path: Path) -> None:
    one = sut("http://", tmp_path, bearer_from="POT_MISSING", client_certificate_from="POT_GONE")
    with pytest.raises(ConfigurationError) as caught:
        reach(one)
    assert len(caught.value.problems) == 3


# whole runs -------------------------------------------------------------------------------------------------


def whole(mini: Miniature, service: Service, sessions: int = 1) -> Any:
    return run(mini, HttpSystem(sut(service.url)), sessions=sessions)


def test_a_whole_run_comes_to_the_statuses_of_the_driver_in_process(mini: Miniature) -> None:
    expected = statuses(run(mini, InProcess(HonestPots), "inside"))
    with Service(HonestPots()) as service:
        view = whole(mini, service, sessions=2)
    assert statuses(view) == expected
    assert expected[FEES] == "satisfied"


@pytest.mark.parametrize(
    ("habit", "fault"),
    [("wrong-id", "driver"), ("malformed", "driver"), ("error-500", "driver"), ("slow", "environment")],
)
def test_what_the_wire_spoils_is_never_satisfied(mini: Miniature, habit: str, fault: str) -> None:
    with Service(HonestPots(), habit, pricing) as service:
        view = whole(mini, service)
    assert statuses(view)[FEES] == "inconclusive"
    assert {one[1] for one in verdicts(view, FEES)} == {fault}


def test_a_reply_dropped_now_and_then_begins_the_case_again_and_leaves_a_trace(mini: Miniature) -> None:
    honest = statuses(run(mini, InProcess(HonestPots), "inside"))
    with Service(HonestPots(), "drop", every(60)) as service:
        views = [run(mini, HttpSystem(sut(service.url)), f"r{number}", sessions=1) for number in range(3)]
        dropped = service.messages // 60
    written = [one for number in range(3) for one in events(folder(mini, f"r{number}"))]
    reasons = [one["reason"] for one in written if one["event"] == "driver_restarted"]
    assert len(reasons) == dropped == 2
    assert all("接続が切れました" in reason for reason in reasons)
    assert [statuses(view) for view in views] == [honest] * 3


def test_replies_dropped_at_every_attempt_stop_the_run_resumably(mini: Miniature) -> None:
    with Service(HonestPots(), "drop", pricing) as service, pytest.raises(RunStopped, match="つなぎ直しても戻りません"):
        whole(mini, service)
    written = events(folder(mini))
    assert written[-1]["event"] == "run_stopped"
    assert [one["verdict"] for one in written if one["event"] == "case"] == []


def test_a_service_that_comes_back_as_another_product_ends_the_run(mini: Miniature) -> None:
    product = HonestPots()

    def dies_once(method: str, number: int, params: dict[str, Any]) -> bool:
        dies = pricing(method, number, params) and product.IDENTITY["version"] == "1"
        if dies:
            product.IDENTITY = {**product.IDENTITY, "version": "2"}
        return dies

    with Service(product, "drop", dies_once) as service, pytest.raises((RunStopped, IdentityChanged), match="名乗り"):
        whole(mini, service)
    assert events(folder(mini))[-1]["event"] == "run_stopped"


def test_a_product_upgraded_behind_the_service_ends_the_run(mini: Miniature) -> None:
    with Service(BecomesAnother()) as service, pytest.raises((RunStopped, IdentityChanged), match="名乗り"):
        whole(mini, service)
    assert events(folder(mini))[-1]["event"] == "run_stopped"
