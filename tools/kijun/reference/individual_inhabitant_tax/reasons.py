"""The reason a clerk states for what the system would not do by itself."""

from __future__ import annotations

from kijun.reference.errors import Refusal


def stated(reason: str | None) -> str:
    """The reason itself. Raises Refusal when nothing is said."""
    if not reason or not reason.strip():
        raise Refusal("missing_item", "理由がありません。後から説明できるように、理由を記してください。")
    return reason
