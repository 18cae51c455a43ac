"""The flows of the miniature standard."""

from __future__ import annotations

from miniature import FEES, LEDGER, SLUG, Miniature

FLOW_FILE = f"requirements/flows/{SLUG}.yaml"
FLOWS = f"""\
flows:
  business: "{SLUG}"
  status: "draft"
  source: "試験用の案"
processes:
  - id: "planting"
    title: "植えて代金を受け取る"
    purpose: "鉢を植える。"
    lanes:
      - {{ id: "guest", title: "客" }}
      - {{ id: "shop", title: "店" }}
      - {{ id: "machine", title: "機械", automatic: true }}
    nodes:
      - {{ id: "wish", kind: "start", lane: "guest", title: "鉢が欲しい", next: ["plant"] }}
      - id: "plant"
        lane: "shop"
        title: "鉢を登録する"
        operations: ["plant_pot", "list_pots"]
        requirements: ["{LEDGER}"]
        next: ["good"]
      - id: "good"
        kind: "choice"
        lane: "shop"
        title: "育ったか"
        next: [{{ to: "price", when: "育った" }}, {{ to: "plant", when: "枯れた" }}]
      - id: "price"
        lane: "machine"
        title: "料金を計算する"
        operations: ["price_pot"]
        requirements: ["{FEES}"]
        next: ["both"]
      - {{ id: "both", kind: "parallel", lane: "machine", title: "", next: ["wrap", "water"] }}
      - {{ id: "wrap", lane: "shop", title: "包む", next: ["joined"] }}
      - {{ id: "water", lane: "machine", title: "水をやる", operations: ["water_pot"], next: ["joined"] }}
      - {{ id: "joined", kind: "parallel", lane: "shop", title: "", next: ["gone"] }}
      - {{ id: "gone", kind: "end", lane: "guest", title: "持ち帰った" }}
      - {{ id: "spring", kind: "date", lane: "shop", title: "春の初め", next: ["count"] }}
      - {{ id: "count", lane: "shop", title: "鉢を数える", operations: ["list_pots"], next: ["counted"] }}
      - {{ id: "counted", kind: "end", lane: "shop", title: "数えた" }}
"""


def flowing(mini: Miniature) -> Miniature:
    """The same standard with a flow."""
    mini.write(FLOW_FILE, FLOWS)
    return mini
