"""ならば: what a document says, item by item."""

from behave import then
from behave.runner import Context

from kijun.engine.world import Word, world


@then("「{document:Word}」に次の項目が記載されている")
def document_states(context: Context, document: Word) -> None:
    world(context).expect_document_items(document, context.table)


@then("「{document:Word}」に「{word:Word}」は記載されていない")
def document_omits(context: Context, document: Word, word: Word) -> None:
    world(context).expect_document_omits(document, word)
