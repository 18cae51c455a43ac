"""Which items of a vehicle contradict each other: judged on the state of the ledger alone, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import rules

# 地方税法463条の15第1項第1号・道路運送車両法施行規則1条: electric mopeds are divided at 600, 800 and 1,000 watts
_OUTPUT_W = {
    "moped_50cc": (0, 600),
    "specified_small_moped": (0, 600),
    "moped_90cc": (601, 800),
    "moped_125cc": (801, 1000),
    "light_two_wheeler": (1001, 99999),
}
# 地方税法463条の15第1項第2号: 二輪のもの（側車付を含む）, 三輪のもの, 四輪以上のもの
_WHEELS = {"light_two_wheeler": (2, 3), "small_two_wheeler": (2, 3), "three_wheeler": (3, 3), "four_wheeler": (4, 99)}
_TRAILER_WHEELS = {"light_two_wheeler": (2, 2), "three_wheeler": (3, 3), "four_wheeler": (4, 99)}
# 道路運送車両法施行規則2条・別表第一: 農耕作業用は時速35キロメートル未満、その他は15キロメートル以下
_SPEED_KMH = {"small_special_agricultural": 34, "small_special_other": 15}
_CLEAN_POWERS = frozenset({"electric", "natural_gas"})
Facts = Mapping[str, Any]


def faults(facts: Facts) -> list[str]:
    """The kinds of alert a state of the ledger deserves; an unknown item contradicts nothing."""
    kind = facts["vehicle_class"]
    checks = {
        "class_displacement_mismatch": rules.fits_displacement(kind, facts.get("displacement_cc")),
        "class_output_mismatch": fits_output(kind, facts.get("rated_output_w")),
        "class_wheels_mismatch": fits_wheels(kind, facts.get("wheel_count"), bool(facts.get("is_trailer"))),
        "exceeds_speed_of_small_special": fits_speed(kind, facts.get("highest_speed_kmh")),
        "power_performance_mismatch": fits_performance(facts.get("power"), facts.get("environmental_performance")),
    }
    return [alert for alert, fits in checks.items() if not fits]


def fits_output(vehicle_class: str, watts: int | None) -> bool:
    if watts is None or vehicle_class not in _OUTPUT_W:
        return True
    low, high = _OUTPUT_W[vehicle_class]
    return low <= watts <= high


def fits_wheels(vehicle_class: str, wheels: int | None, is_trailer: bool) -> bool:
    """A trailer has no side-car, and none is a moped or a 小型二輪: two wheels make it a 軽二輪."""
    ranges = _TRAILER_WHEELS if is_trailer else _WHEELS
    group = wheel_group(vehicle_class)
    if wheels is None or group not in ranges:
        return wheels is None or not is_trailer
    low, high = ranges[group]
    return low <= wheels <= high


def wheel_group(vehicle_class: str) -> str:
    return next(
        (group for group in ("three_wheeler", "four_wheeler") if vehicle_class.startswith(group)), vehicle_class
    )


def fits_speed(vehicle_class: str, kmh: int | None) -> bool:
    """Faster ones are 大型特殊自動車 and belong to the fixed assets tax."""
    return kmh is None or kmh <= _SPEED_KMH.get(vehicle_class, kmh)


# 地方税法附則30条: 75% is for electric vehicles and certain natural gas vehicles only
def fits_performance(power: str | None, performance: str | None) -> bool:
    return power is None or performance != "electric_or_equivalent" or power in _CLEAN_POWERS


# 地方税法463条の15第1項第2号
def class_by_wheels(wheels: int, is_trailer: bool, purpose: str | None, business: str | None) -> str:
    """The class of a light vehicle by its wheels, trailers included. Raises Refusal when items are missing."""
    if wheels < 2:
        raise Refusal("invalid_value", "車輪数は2以上で入力してください。")
    if wheels == 2:
        return "light_two_wheeler"
    if wheels == 3:
        is_business_passenger = (purpose, business) == ("passenger", "business")
        return "three_wheeler_passenger_business" if is_business_passenger else "three_wheeler"
    if is_trailer:
        purpose = purpose or "cargo"
    if purpose is None or business is None:
        raise Refusal("missing_item", "四輪以上の種別には、用途と自家用・営業用の別が要ります。")
    return f"four_wheeler_{purpose}_{business}"


def check_purpose(facts: Facts) -> None:
    """The class of a four-wheeler already says its purpose; another statement beside it is refused."""
    for item, values in (("vehicle_purpose", ("passenger", "cargo")), ("business_purpose", ("private", "business"))):
        told = facts.get(item)
        if told and not agrees(facts["vehicle_class"], told, values):
            raise Refusal("invalid_value", "用途又は自家用・営業用の別が種別と食い違います。どちらかを直してください。")


def agrees(vehicle_class: str, told: str, values: tuple[str, ...]) -> bool:
    implied = [value for value in values if value in vehicle_class.split("_")]
    return not implied or told in implied
