"""A sentence put together begins with a capital letter."""


def capital(text: str) -> str:
    """At the beginning of a line.

    >>> capital("from today on"), capital("")
    ('From today on', '')
    """
    return text[:1].upper() + text[1:]
