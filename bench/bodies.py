"""The step functions of the corpus: trivial, shared by every runner, and never imported by this name.

The text of this file is copied into every flavour of the corpus, so that all runners pay for the same bodies.
"""


def note(context, item, text):
    """An item and a value that differs in every scenario."""


def accept(context, day):
    """A value that many scenarios share."""


def call_up(context, name):
    """Known to every runner, used by a quarter of the scenarios."""


def enclose(context, item, number):
    """Known to every runner, used by a quarter of the scenarios."""


def copy(context, item):
    """The behaviour: nothing."""


def amend(context, item, text):
    """The behaviour of the other half: nothing."""


def kept(context, text):
    """A value that differs in every scenario."""


def counted(context, item, number):
    """The one assertion of a scenario: without it a pass would prove nothing."""
    context.world.assertions += 1


def stamped(context, item):
    """Known to every runner, used by none."""


def returned(context, name):
    """Known to every runner, used by none."""
