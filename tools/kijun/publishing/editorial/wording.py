"""Checks of one row by its words alone: doubtful words, two claims, what nobody can test, a missing reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kijun.catalog.editorial_rules import DoubtfulWord, EditorialRules
from kijun.model.requirement import Method, Requirement
from kijun.publishing.editorial.findings import Remark

_QUOTED = re.compile(r"「[^」]*」")
# A clause that ends in the continuative form of a verb goes on to another claim: 「…を登録し、」「…でき、」.
_VERB_END = re.compile(
    r"(?:でき|[一-龥々]|[一-龥々][ぁ-ん]{0,2})[しきぎちにびみりいけげせてねべめれえ]$|(?:でき|とし|にし|をし)$"
)
_NOT_A_VERB = re.compile(
    r"(?:とき|により|より|限り|及び|並びに|ごとに|として|について|において|に対し|に関し|に応じ|に基づき|に従い|に加え|"
    r"に沿い|を除き|に当たり|をもって|によって|のうち|があり|ない|して|済み|ず|に)$"
)
# 公用文 writes compound nouns without inner kana: 受入れ is a noun, 受け入れ a verb
_COMPOUND_NOUN = re.compile(r"[一-龥々]{2}[きぎちにびみりいけげせてねべめれえ]$")
_JOINED = re.compile(r"[うくぐすつぬぶむる]とともに、|こと、?(?:及び|並びに|かつ)")
_ALTERNATIVE = ("又は", "若しくは", "または")
_TWO_NOUNS = re.compile(r"[一-龥々]{2,}(?:、[一-龥々]{2,})*(?:及び|並びに)[一-龥々]{2,}(?:が|を)?(?:でき|すること)")
_SHORTEST_REASON = 5


def remarks(one: Requirement, rules: EditorialRules) -> Iterator[Remark]:
    """Everything that the words of one row show."""
    yield from doubtful_words(one.text, rules)
    yield from _two_claims(one, rules)
    yield from _untestable(one)
    yield from _reason(one, rules)


def doubtful_words(text: str, rules: EditorialRules) -> Iterator[Remark]:
    """Words of the list that stand in the text outside of quotation marks, each word once."""
    plain = _QUOTED.sub(lambda found: "□" * len(found.group()), text)
    for word in rules.words:
        if count := _standing(word, plain):
            told = f"「{word.word}」があります" + (f"（{count} か所）。" if count > 1 else "。")
            yield Remark(word.kind, told, (word.word,), why=word.why, suggestion=word.suggestion)


def _standing(word: DoubtfulWord, text: str) -> int:
    """How often the word stands for itself and not as a part of a longer one."""
    if word.word not in text:
        return 0
    inside = {
        place
        for longer in word.not_in
        for found in re.finditer(re.escape(longer), text)
        for place in range(*found.span())
    }
    return sum(found.start() not in inside for found in re.finditer(re.escape(word.word), text))


def _two_claims(one: Requirement, rules: EditorialRules) -> Iterator[Remark]:
    if found := re.search(r"。(?=\s*\S)", one.text):
        yield Remark("compound", "文が二つ以上あります。", (one.text[max(found.start() - 8, 0) : found.end()],))
        return
    clauses = one.text.split("、")
    for place, clause in enumerate(clauses[:-1]):
        rest = "、".join(clauses[place + 1 :])
        if _goes_on(clause) and not rest.startswith(_ALTERNATIVE) and not _is_one_claim(clause, rest, rules):
            told = f"「…{clause[-14:]}、」の後に、別に満たし得る主張が続きます。"
            yield Remark("compound", told, (f"{clause[-14:]}、",))
            return
    if found := _TWO_NOUNS.search(one.text) or _JOINED.search(one.text):
        yield Remark("compound", f"「{found.group()}」で二つ以上のことを求めています。", (found.group(),))


def _goes_on(clause: str) -> bool:
    is_noun = _NOT_A_VERB.search(clause) or _COMPOUND_NOUN.search(clause)
    return bool(_VERB_END.search(clause)) and not is_noun


def _is_one_claim(clause: str, rest: str, rules: EditorialRules) -> bool:
    """What is put in and then seen is one claim, unless still another follows."""
    if any(map(_goes_on, rest.split("、")[:-1])):
        return False
    return any(
        any(word in clause[-6:] for word in first) and any(word in rest for word in then)
        for first, then in rules.together
    ) and not rest.endswith("ないこと。")


def _untestable(one: Requirement) -> Iterator[Remark]:
    if one.method is Method.NOT_TESTABLE:
        told = "検査方法が「検査しない」です。"
        yield Remark("untestable", told, suggestion="確かめられる文に直すか、要件から外して解説に移す。")
    if not re.search(r"こと(?:。|$)", one.text):
        told = "文が「…こと。」で終わらず、何を約束するのかが決まりません。"
        yield Remark("untestable", told, (one.text[-8:],), suggestion="「…できること。」「…しないこと。」で結ぶ。")


def _reason(one: Requirement, rules: EditorialRules) -> Iterator[Remark]:
    given = str(one.row["rationale"])
    plain = _bare(given)
    if plain in rules.placeholders:
        yield Remark("rationale", f"理由が「{given}」で、書かれていないのと同じです。", (given,))
    elif len(plain) < _SHORTEST_REASON:
        yield Remark("rationale", f"理由が {len(plain)} 字しかありません（「{given}」）。", (given,))
    elif plain.removesuffix("ため") in _bare(one.text):
        yield Remark("rationale", "理由が要件の文の繰り返しです。", (given,))


def _bare(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))
