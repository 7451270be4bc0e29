"""A picture to send where nobody has one at hand: one blue pixel, PNG."""

from base64 import b64decode

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADAgH/"
    "p2W0XQAAAABJRU5ErkJggg=="
)
