"""もし: the one behaviour under test."""

from behave import when
from behave.runner import Context

from kijun.engine.world import Operation, world


@when("「{operation:Operation}」を行う")
def perform(context: Context, operation: Operation) -> None:
    world(context).perform(operation)


@when("次の内容で「{operation:Operation}」を行う")
def perform_with(context: Context, operation: Operation) -> None:
    world(context).perform(operation, context.table)


@when("提供されないはずの「{operation:Operation}」を試みる")
def probe(context: Context, operation: Operation) -> None:
    world(context).probe(operation)
