"""Which class a vehicle belongs to, decided from the facts the statute names. Pure; no ledger.

Lengths in millimetres, outputs in watts: whole numbers leave no room for a rounding at the limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import rates

AGRICULTURAL_SPEED_BELOW = 35  # km/h
OTHER_UP_TO = (4700, 1700, 2800, 15)  # mm long, wide, high; km/h
SPECIFIED_SIZE_MM = (1900, 600)
SPECIFIED_SPEED_KMH = 20
NEW_STANDARD_OUTPUT_W = 4000
LIGHT_TWO_WHEELER_CC = 250
_LAW = "地方税法463条の15第1項"


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands on the sales certificate or is measured on the vehicle."""

    wheel_count: int | None = None
    displacement_cc: int | None = None
    rated_output_w: int | None = None
    peak_output_w: int | None = None
    extent_mm: int | None = None
    breadth_mm: int | None = None
    height_mm: int | None = None
    track_mm: int | None = None
    cabin: str | None = None
    highest_speed_kmh: int | None = None
    special_duty: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The class and its provision; no class means that the levy does not reach the vehicle."""

    vehicle_class: str | None
    ground: str


def propose(facts: Facts, fiscal_year: int) -> Proposal:
    """The class in the law of that year. Raises Refusal when a fact that decides is missing."""
    if facts.special_duty:
        return special(facts)
    if not facts.wheel_count or (facts.displacement_cc is None and facts.rated_output_w is None):
        raise Refusal("missing_item", "車輪の数と、総排気量又は定格出力を入れてください。")
    if rates.exists("specified_small_moped", fiscal_year) and is_specified_small(facts):
        return Proposal("specified_small_moped", f"{_LAW}1号イ（特定小型原動機付自転車）")
    if facts.wheel_count > 2:
        return three_wheels(facts)
    if rates.exists("moped_new_standard", fiscal_year) and is_new_standard(facts):
        return Proposal("moped_new_standard", f"{_LAW}1号イ（125cc以下かつ最高出力4.0kW以下）")
    return two_wheels(facts)


# 道路運送車両法施行規則2条・別表第1（小型特殊自動車）; what is larger or faster is taxed as a depreciable asset
def special(facts: Facts) -> Proposal:
    if facts.highest_speed_kmh is None:
        raise Refusal("missing_item", "最高速度を入れてください。")
    if facts.special_duty == "agricultural":
        small, kind = facts.highest_speed_kmh < AGRICULTURAL_SPEED_BELOW, "small_special_agricultural"
    else:
        small, kind = is_small(facts), "small_special_other"
    if small:
        return Proposal(kind, f"{_LAW}2号（小型特殊自動車）")
    return Proposal(None, "大型特殊自動車に当たる（固定資産税の償却資産の申告を案内する）")


def is_small(facts: Facts) -> bool:
    measured = (facts.extent_mm, facts.breadth_mm, facts.height_mm, facts.highest_speed_kmh)
    if None in measured:
        raise Refusal("missing_item", "長さ、幅、高さを入れてください。")
    return all(have is not None and have <= most for have, most in zip(measured, OTHER_UP_TO, strict=True))


# 道路運送車両の保安基準1条（特定小型原動機付自転車）
def is_specified_small(facts: Facts) -> bool:
    """Electric, and within every limit; an unknown size or speed proves nothing."""
    limits = (
        (facts.rated_output_w, 600),
        (facts.extent_mm, SPECIFIED_SIZE_MM[0]),
        (facts.breadth_mm, SPECIFIED_SIZE_MM[1]),
        (facts.highest_speed_kmh, SPECIFIED_SPEED_KMH),
    )
    return all(have is not None and have <= most for have, most in limits)


def is_new_standard(facts: Facts) -> bool:
    """Over 50cc up to 125cc, held to 4.0 kW; without a stated maximum output the displacement decides."""
    cc, output = facts.displacement_cc, facts.peak_output_w
    return cc is not None and 50 < cc <= 125 and output is not None and output <= NEW_STANDARD_OUTPUT_W


# 地方税法463条の15第1項1号ニ、地方税法施行規則（除かれる三輪以上）
def three_wheels(facts: Facts) -> Proposal:
    if exceeds(facts, 50, 600):
        return over_mopeds(facts)
    if exceeds(facts, 20, 250) and not is_narrow(facts):
        return Proposal("mini_car", f"{_LAW}1号ニ")
    return Proposal("moped_50cc", f"{_LAW}1号イ")


def over_mopeds(facts: Facts) -> Proposal:
    if facts.wheel_count == 3:
        return Proposal("three_wheeler", f"{_LAW}2号ロ")
    raise Refusal("invalid_value", "四輪以上の軽自動車の種別は用途で決まります。検査証の用途から選んでください。")


def is_narrow(facts: Facts) -> bool:
    """Without a closed cabin and with a track of at most half a metre: rated as a moped in spite of its wheels."""
    return facts.cabin != "enclosed_cabin" and facts.track_mm is not None and facts.track_mm <= 500


# 地方税法463条の15第1項1号イ〜ハ、2号イ、3号
def two_wheels(facts: Facts) -> Proposal:
    steps = ((50, 600, "moped_50cc", "1号イ"), (90, 800, "moped_90cc", "1号ロ"), (125, 1000, "moped_125cc", "1号ハ"))
    for cc, watt, kind, item in steps:
        if not exceeds(facts, cc, watt):
            return Proposal(kind, f"{_LAW}{item}")
    return inspected_or_not(facts)


# 道路運送車両法施行規則2条・別表第一: above 250 cc it is a 小型自動車; a motor of any output stays a 軽自動車
def inspected_or_not(facts: Facts) -> Proposal:
    if facts.displacement_cc is not None and facts.displacement_cc > LIGHT_TWO_WHEELER_CC:
        return Proposal("small_two_wheeler", f"{_LAW}3号")
    return Proposal("light_two_wheeler", f"{_LAW}2号イ")


def exceeds(facts: Facts, cc: int, watt: int) -> bool:
    """Displacement decides for engines, rated output for motors."""
    if facts.displacement_cc is not None:
        return facts.displacement_cc > cc
    return facts.rated_output_w is not None and facts.rated_output_w > watt
