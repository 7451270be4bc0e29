"""The parameters of one method call, however the client chose to send them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from aiohttp import BodyPartReader, web

from bot.playground.telegram import limits
from bot.playground.telegram.refusals import Refused, bad


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Named values: strings from a query or form, anything from JSON."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; what is not one counts as missing, as on the real server."""
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def decoded(self, name: str) -> Any:
        """A JSON value, sent as text or already inside a JSON body; None when missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def items(self, name: str) -> list[Any]:
        value = self.decoded(name)
        return value if isinstance(value, list) else []


async def read(request: web.BaseRequest) -> Parameters:
    """The parameters of an HTTP request; a body wins over the query."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method != "POST":
        return Parameters(values)
    match request.content_type:
        case "multipart/form-data":
            uploads = await _multipart(request, values)
            return Parameters(values, uploads)
        case "application/json":
            values.update(_object(await request.content.read()))
        case _:
            body = await request.content.read()
            if body:
                values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return Parameters(values)


async def _multipart(request: web.BaseRequest, values: dict[str, Any]) -> dict[str, Upload]:
    """The parts, read in pieces: whole parts are held to aiohttp's own limit of one megabyte."""
    uploads: dict[str, Upload] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytearray()
        while piece := await part.read_chunk(1 << 16):
            size += len(piece)
            if size <= limits.UPLOAD:
                data += piece
        if part.filename is None:
            values[part.name] = data.decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, bytes(data))
    if size > limits.UPLOAD:
        raise Refused(413, "Request Entity Too Large")
    return uploads


def _object(body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise bad("can't parse JSON object in the request body") from None
