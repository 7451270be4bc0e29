"""Reads XML of strangers as a stream: no document types, no entities, no tree in memory."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO
from xml.parsers import expat

CHUNK = 2**16
"""Bytes handed to the parser at once."""

Attributes = dict[str, str]


class Broken(Exception):
    """It is no XML, or asks for what no workbook needs."""


def feeding(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Callable[[bytes, bool], None]:
    """A function to be fed with bytes (and whether they are the last); it calls the others.

    Names come without prefixes.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end:
        parser.EndElementHandler = lambda name: end(local(name))
    if text:
        parser.CharacterDataHandler = text
    # Entities can only be defined in a document type, which no workbook has.
    parser.StartDoctypeDeclHandler = _refuse

    def feed(content: bytes, last: bool) -> None:
        try:
            parser.Parse(content, last)
        except expat.ExpatError as error:
            raise Broken(str(error)) from error

    return feed


def elements(stream: IO[bytes]) -> Iterator[tuple[str, Attributes]]:
    """The beginning of every element, in order."""
    found: list[tuple[str, Attributes]] = []
    feed = feeding(lambda name, attributes: found.append((name, attributes)))
    for content, last in chunks(stream):
        feed(content, last)
        yield from found
        found.clear()


def chunks(stream: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The content in pieces; the last one is empty."""
    while content := stream.read(CHUNK):
        yield content, False
    yield b"", True


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise Broken("document type")
