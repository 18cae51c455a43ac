"""前提: what holds before the behaviour under test."""

from behave import given
from behave.runner import Context

from kijun.engine.world import Fact, Operation, Reason, Word, world


@given("「{word:Word}」は「{text}」である")
def assume(context: Context, word: Word, text: str) -> None:
    world(context).assume(word, text)


@given("次の「{fact:Fact}」が登録されている")
def register(context: Context, fact: Fact) -> None:
    world(context).register(fact, context.table)


@given("「{fact:Fact}」が登録されている")
def register_any(context: Context, fact: Fact) -> None:
    world(context).register(fact)


@given("「{operation:Operation}」が済んでいる")
def already_performed(context: Context, operation: Operation) -> None:
    world(context).establish(operation)


@given("次の内容で「{operation:Operation}」が済んでいる")
def already_performed_with(context: Context, operation: Operation) -> None:
    world(context).establish(operation, context.table)


@given("「{operation:Operation}」の結果を控えておく")
def remember(context: Context, operation: Operation) -> None:
    world(context).remember(operation)


@given("「{operation:Operation}」が「{reason:Reason}」として拒否されている")
def already_refused(context: Context, operation: Operation, reason: Reason) -> None:
    world(context).establish_refusal(operation, reason)
