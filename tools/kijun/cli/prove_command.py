"""kijun prove"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict

from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, say
from kijun.engine.prove import Proof, prove
from kijun.engine.setup import Request


def configure(parser: argparse.ArgumentParser) -> None:
    add_spec(parser)
    parser.add_argument("--business", action="append", default=[], metavar="SLUG", help="業務を一つに絞る（繰返し可）")
    parser.add_argument(
        "--defect", action="append", default=[], metavar="名前", help="欠陥の名前か要件番号で絞る（繰返し可）"
    )
    parser.add_argument(
        "--matrix", action="store_true", help="欠陥×要件の表を全て埋める（既定は、その要件のシナリオで捕まえるかだけ）"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="数", help="並行する処理の数")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")


def execute(arguments: argparse.Namespace) -> int:
    asked = Request(root=spec_root(arguments.spec), businesses=tuple(arguments.business), cache=cache())
    tell = (lambda _proof: None) if arguments.json else (lambda proof: say(line(proof)))
    proofs = prove(asked, max(1, arguments.jobs), tell, arguments.defect, arguments.matrix)
    weak = [one for one in proofs if not one.is_proof]
    if arguments.json:
        say(json.dumps([{**asdict(one), "proof": one.is_proof} for one in proofs], ensure_ascii=False, indent=1))
    else:
        say(f"欠陥 {len(proofs) - 1} 件のうち、自らの要件で捕まえたもの {sum(p.is_caught for p in proofs)} 件")
        for one in weak:
            say(f"× {one.name or '欠陥のない参照システム'}: {trouble(one)}")
    return 1 if weak else 0


def line(proof: Proof) -> str:
    """One row of the matrix: the defect, its own requirement, and every other requirement that noticed."""
    if not proof.name:
        return f"{'○' if proof.is_proof else '×'} {proof.summary}"
    others = "、".join(f"{one}×{count}" for one, count in sorted(proof.failed.items()) if one != proof.breaks)
    own = proof.failed.get(proof.breaks, 0)
    incident = f" [{proof.incident}]" if proof.incident else ""
    mark = "○" if proof.is_caught else "×"
    return f"{mark} {proof.name}{incident} {proof.breaks}×{own}" + (f"（ほかに {others}）" if others else "")


def trouble(proof: Proof) -> str:
    if not proof.name:
        return f"欠陥がないのに合格しません（{proof.first_message}）"
    if proof.failed:
        return f"要件 {proof.breaks} のシナリオが気付かず、他の要件だけが気付きました"
    if proof.undecided:
        return f"不合格にならず、判定不能にとどまりました（{proof.first_message}）"
    return "どのシナリオも気付きませんでした"
