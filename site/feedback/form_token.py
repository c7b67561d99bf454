"""The signed time at which a form was handed out: programs post at once, or weeks later."""

from enum import Enum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

MIN_SECONDS = 3
MAX_SECONDS = 86_400


class TokenError(Enum):
    """What is wrong with a token."""

    TOO_EARLY = "too early"
    EXPIRED = "expired"


def new_token() -> str:
    """Return the token of a form that is handed out now."""
    return _signer().sign("form")


def token_error(token: str) -> TokenError | None:
    """Return what is wrong with the token of a posted form; a forged one counts as expired."""
    try:
        _signer().unsign(token, max_age=MAX_SECONDS)
    except BadSignature:
        return TokenError.EXPIRED
    try:
        _signer().unsign(token, max_age=MIN_SECONDS)
    except SignatureExpired:
        return None
    return TokenError.TOO_EARLY


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="feedback.form_token")
