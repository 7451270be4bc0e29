"""Where an Official Account's administrator consents, and where their browser comes back to."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.zalo_oa import assumptions
from bot.zalo_oa.account import ZaloOA


def consent_path(account: ZaloOA) -> str:
    """Where on our server a consent arrives."""
    return f"/zalo_oa/{account.oa_id}/consent"


def redirect_url(account: ZaloOA, public_url: str) -> str:
    """The address of that; the console has to be given the same."""
    return f"{public_url.rstrip('/')}{consent_path(account)}"


def consent_link(account: ZaloOA, public_url: str) -> str:
    """Where the administrator consents, with ``{state}`` for the word that comes back."""
    asked = {"app_id": account.app_id, "redirect_uri": redirect_url(account, public_url)}
    if account.code_verifier:
        asked["code_challenge"] = challenge(account.code_verifier)
    page = f"{account.oauth_url.rstrip('/')}{assumptions.PERMISSION_PATH}"
    return f"{page}?{urlencode(asked)}&state={{state}}"


def challenge(verifier: str) -> str:
    """What the console is given of a code verifier (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def pasted_code(text: str) -> str:
    """The code in what an operator copied: alone, or the whole address that it came in."""
    said = text.strip()
    if "://" not in said:
        return said
    field, _, _ = assumptions.CONSENT_FIELDS
    return parse_qs(urlsplit(said).query).get(field, [""])[0]
