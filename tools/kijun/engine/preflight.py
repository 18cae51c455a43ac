"""Before a run counts: is the harness able to see a failure, and is the driver honest enough to be asked?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kijun.engine.conversation import Conversation, Greeting
from kijun.engine.session import Session
from kijun.engine.synthetic import synthesize
from kijun.model.errors import DriverBroke
from kijun.model.glossary import Glossary
from kijun.model.plan import Scenario
from kijun.model.profile import Profile
from kijun.model.statement import ImplementationConformanceStatement
from kijun.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One check before the run. A fatal one means that nothing this driver says can be believed."""

    check: str
    ok: bool
    message: str
    fatal: bool = False


def check_trap(conversation: Conversation, session: str, profile: Profile, glossary: Glossary, seed: str) -> Finding:
    """An operation that no standard knows must come back unsupported."""
    name = "kijun_trap_" + synthesize("{digits:8}", seed, "trap")
    conversation.open(session, profile)
    role = glossary.roles[0].key if glossary.roles else "operator"
    reply = conversation.ask_unknown(name, role, profile.as_of.isoformat())
    conversation.close()
    if reply.get("unsupported", {}).get("operation") == name:
        return Finding("trap", True, "知らない操作に unsupported と答えました。")
    shown = next(iter(reply))
    message = f"存在しない操作「{name}」に {shown} と答えました。知らない操作には unsupported を返してください。"
    return Finding("trap", False, message, fatal=True)


def check_operations(greeting: Greeting, glossary: Glossary) -> Finding:
    """A driver must not offer what the glossary does not know: its words would never be asked."""
    unknown = sorted(key for key in greeting.operations if not glossary.has_operation_key(key))
    if not unknown:
        return Finding("identity", True, "ドライバーが提供する操作は全て用語集にあります。")
    shown = "」「".join(unknown)
    message = f"ドライバーが用語集にない操作「{shown}」を名乗りました。用語集のキーに合わせてください。"
    return Finding("identity", False, message, fatal=True)


def check_ics(conversation: Conversation, statement: ImplementationConformanceStatement) -> Finding:
    """What the product says of itself must agree with the file; silence is allowed."""
    own = conversation.ics()
    if own is None:
        return Finding("ics", True, "製品自身は宣言を答えません（statement.yaml を用います）。")
    different = sorted(one for one, answer in own.items() if statement.answer(one).value != answer)
    if not different:
        return Finding("ics", True, "製品自身の宣言は statement.yaml と一致します。")
    shown = "、".join(different[:5])
    return Finding(
        "ics", False, f"製品自身の宣言が statement.yaml と違います（{shown}）。どちらかを直してください。", fatal=True
    )


def check_canaries(session: Session, canaries: Iterable[Scenario], offered: frozenset[str], name: str) -> list[Finding]:
    """A scenario that cannot be true must fail; otherwise a pass of any other scenario says nothing."""
    findings = []
    for number, canary in enumerate(canaries):
        if not canary.operations <= offered:
            message = f"「{canary.name}」に要る操作が提供されておらず、試験が失敗できることを示せません。"
            findings.append(Finding("canary", False, message))
            continue
        result = session.run(canary, f"{name}-canary-{number}")
        if result.verdict is Verdict.FAIL:
            findings.append(Finding("canary", True, f"「{canary.name}」は狙いどおり失敗しました。"))
        elif result.verdict is Verdict.PASS:
            message = (
                f"失敗するはずの「{canary.name}」が合格しました。応答が検査値に合わせて作られている疑いがあります。"
            )
            findings.append(Finding("canary", False, message, fatal=True))
        else:
            message = f"「{canary.name}」を実施できませんでした（{result.verdict.label}: {result.message}）。"
            findings.append(Finding("canary", False, message))
    if not findings:
        findings.append(Finding("canary", False, "失敗すべきシナリオ（@canary）がこの業務にありません。"))
    return findings


def first_contact(conversation: Conversation, editions: dict[str, str], seed: str) -> Greeting:
    """Say hello; a driver without operations cannot be asked anything."""
    greeting = conversation.hello(editions, seed)
    if not greeting.operations:
        raise DriverBroke(
            "ドライバーが提供する操作を一つも名乗りませんでした。hello の operations を確かめてください。"
        )
    return greeting
