"""What no single run of kijun writes: a log joined from two, shortened, or dated in the future."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from kijun.catalog.run_folder import LOG_NAME, read_evidence

CLOCK_TOLERANCE = timedelta(days=1)  # clocks of machines without a network differ
Events = Sequence[dict[str, Any]]


def contradictions(folder: Path, events: Events, now: datetime) -> list[str]:
    """Everything in a log that does not fit together. Raises ConfigurationError for evidence that is not there."""
    snapshot = read_evidence(folder, events[0]["catalog"])
    return [
        *_torn(folder),
        *_joined(events),
        *_shortened(events, snapshot),
        *_from_another_run(folder, events, snapshot),
        *_dated(events, now),
    ]


def _torn(folder: Path) -> Iterator[str]:
    if not (folder / LOG_NAME).read_bytes().endswith(b"\n"):
        yield "実行記録の最後の行が途中で切れています。"


def _joined(events: Events) -> Iterator[str]:
    if any(event["event"] == "run_started" for event in events[1:]):
        yield "実行記録に始まりの行が二つあります。別の実行の記録がつながれています。"
    for before, event in pairwise(events):
        if event["event"] == "connected" and before["event"] not in ("run_started", "run_resumed"):
            yield "実行記録の途中に、続きからの実行ではない接続があります。別の実行の記録がつながれています。"
    cases = [event for event in events if event["event"] == "case"]
    for key, what in (("scenario", "シナリオ"), ("seq", "番号")):
        if len({event[key] for event in cases}) < len(cases):
            yield f"同じ{what}の結果が二度あります。別の実行の記録がつながれています。"


def _shortened(events: Events, snapshot: dict[str, Any]) -> Iterator[str]:
    if events[0]["selection"]["scenarios"] != len(snapshot["scenarios"]):
        yield "選んだシナリオの数が、実行のときの控えと違います。"
    counted = 0
    for event in events:
        counted += event["event"] == "case"
        if event["event"] == "run_finished" and event["executed"] != counted:
            yield f"終わりの行には {event['executed']} 件実施とありますが、結果の行は {counted} 件です。"


def _from_another_run(folder: Path, events: Events, snapshot: dict[str, Any]) -> Iterator[str]:
    seed = events[0]["seed"]
    for event in events:
        if event["event"] != "case":
            continue
        if event["scenario"] not in snapshot["scenarios"]:
            yield f"シナリオ {event['scenario']} は、実行のときの控えにありません。"
        exchanges = read_evidence(folder, event["evidence"]) if event["evidence"] else []
        if any(not one["request"]["session"].startswith(f"{seed}-{event['seq']}-") for one in exchanges):
            yield f"シナリオ {event['scenario']} の証跡は、別の実行のものです。"


def _dated(events: Events, now: datetime) -> Iterator[str]:
    try:
        last = max(datetime.fromisoformat(event["time"]).astimezone(UTC) for event in events)
    except ValueError:
        yield "実行記録に、暦にない日時があります。"
        return
    if last > now + CLOCK_TOLERANCE:
        yield f"実行記録の日時（{last:%Y-%m-%d}）が、この機械の日付（{now:%Y-%m-%d}）より先です。"
