"""Which items of a vehicle contradict each other: judged on the state of the ledger alone, as pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kijun.reference.errors import Refusal

# 地方税法463条の15第1項: what the law says to be over 50 cc begins at 51
_LEAST_CC = {
    "moped_new_standard": 51,
    "moped_90cc": 51,
    "moped_125cc": 91,
    "light_two_wheeler": 126,
    "small_two_wheeler": 251,
}
# 道路運送車両法施行規則1条・別表第一: light vehicles of three wheels or more have 660 cc at most
_MOST_CC = {
    "moped_50cc": 50,
    "moped_new_standard": 125,
    "moped_90cc": 90,
    "moped_125cc": 125,
    "light_two_wheeler": 250,
    "three_wheeler": 660,
    "four_wheeler": 660,
}
# 地方税法463条の15第1項第1号・道路運送車両法施行規則1条: electric mopeds are divided at 600, 800 and 1,000 watts
_LEAST_W = {"moped_90cc": 601, "moped_125cc": 801, "light_two_wheeler": 1001}
_MOST_W = {"moped_50cc": 600, "specified_small_moped": 600, "moped_90cc": 800, "moped_125cc": 1000}
# 地方税法463条の15第1項第2号: 二輪のもの（側車付を含む）, 三輪のもの, 四輪以上のもの; a trailer has no side-car
_LEAST_WHEELS = {"light_two_wheeler": 2, "small_two_wheeler": 2, "three_wheeler": 3, "four_wheeler": 4}
_MOST_WHEELS = {"light_two_wheeler": 3, "small_two_wheeler": 3, "three_wheeler": 3}
_TRAILERS = frozenset({"light_two_wheeler", "three_wheeler", "four_wheeler"})
_MOST_WHEELS_OF_TRAILERS = {"light_two_wheeler": 2, "three_wheeler": 3}
# 道路運送車両法施行規則2条・別表第一: 農耕作業用は時速35キロメートル未満、その他は15キロメートル以下
_MOST_KMH = {"small_special_agricultural": 34, "small_special_other": 15}
_CLEAN_POWERS = frozenset({"electric", "natural_gas"})
Facts = Mapping[str, Any]


def faults(facts: Facts) -> list[str]:
    """The kinds of alert a state of the ledger deserves; an unknown item contradicts nothing."""
    kind = facts["vehicle_class"]
    checks = {
        "class_displacement_mismatch": fits_displacement(kind, facts.get("displacement_cc")),
        "class_output_mismatch": fits_output(kind, facts.get("rated_output_w")),
        "class_wheels_mismatch": fits_wheels(kind, facts.get("wheel_count"), bool(facts.get("is_trailer"))),
        "exceeds_speed_of_small_special": fits_speed(kind, facts.get("highest_speed_kmh")),
        "power_performance_mismatch": fits_performance(facts.get("power"), facts.get("environmental_performance")),
    }
    return [alert for alert, fits in checks.items() if not fits]


def fits_displacement(vehicle_class: str, cc: int | None) -> bool:
    return is_within(wheel_group(vehicle_class), cc, _LEAST_CC, _MOST_CC)


def fits_output(vehicle_class: str, watts: int | None) -> bool:
    return is_within(vehicle_class, watts, _LEAST_W, _MOST_W)


def fits_wheels(vehicle_class: str, wheels: int | None, is_trailer: bool) -> bool:
    """No trailer is a moped or a 小型二輪: two wheels make it a 軽二輪."""
    group = wheel_group(vehicle_class)
    if is_trailer and group not in _TRAILERS:
        return wheels is None
    return is_within(group, wheels, _LEAST_WHEELS, _MOST_WHEELS_OF_TRAILERS if is_trailer else _MOST_WHEELS)


def wheel_group(vehicle_class: str) -> str:
    return next(
        (group for group in ("three_wheeler", "four_wheeler") if vehicle_class.startswith(group)), vehicle_class
    )


def fits_speed(vehicle_class: str, kmh: int | None) -> bool:
    """Faster ones are 大型特殊自動車 and belong to the fixed assets tax."""
    return is_within(vehicle_class, kmh, {}, _MOST_KMH)


def is_within(kind: str, value: int | None, least: Mapping[str, int], most: Mapping[str, int]) -> bool:
    """Whether the value lies between the bounds that the kind has; an unknown one contradicts nothing."""
    return value is None or least.get(kind, value) <= value <= most.get(kind, value)


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
