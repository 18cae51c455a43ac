"""ならば: what the system answered."""

from behave import then
from behave.runner import Context

from kijun.engine.world import Operation, Reason, Word, world


@then("処理は受け付けられる")
def accepted(context: Context) -> None:
    world(context).expect_accepted()


@then("処理は「{reason:Reason}」として拒否される")
def refused_because(context: Context, reason: Reason) -> None:
    world(context).expect_refused(reason)


@then("その機能は提供されていない")
def not_provided(context: Context) -> None:
    world(context).expect_not_provided()


@then("「{word:Word}」は「{text}」である")
def equals(context: Context, word: Word, text: str) -> None:
    world(context).expect_value(word, text)


@then("「{word:Word}」は「{text}」でない")
def differs(context: Context, word: Word, text: str) -> None:
    world(context).expect_other_value(word, text)


@then("「{word:Word}」は空である")
def is_empty(context: Context, word: Word) -> None:
    world(context).expect_empty(word)


@then("結果は次のとおりである")
def result_is(context: Context) -> None:
    world(context).expect_values(context.table)


@then("「{word:Word}」は次のとおりである")
def list_is(context: Context, word: Word) -> None:
    world(context).expect_rows(word, context.table)


@then("「{word:Word}」に次の行がある")
def list_has(context: Context, word: Word) -> None:
    world(context).expect_rows_among(word, context.table)


@then("「{word:Word}」に次の行はない")
def list_lacks(context: Context, word: Word) -> None:
    world(context).expect_no_rows_among(word, context.table)


@then("「{word:Word}」は「{number}」件である")
def list_counts(context: Context, word: Word, number: str) -> None:
    world(context).expect_length(word, number)


@then("「{operation:Operation}」の結果は控えと変わらない")
def unchanged(context: Context, operation: Operation) -> None:
    world(context).expect_unchanged(operation)
