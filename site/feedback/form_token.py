"""When a form was handed out, signed: programs fill it in at once, or keep it for weeks."""

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

SOONEST = 3
LATEST = 86_400
EARLY, OLD = "early", "old"


def new() -> str:
    """The stamp of a form handed out now."""
    return _signer().sign("form")


def fault(stamp: str) -> str:
    """What is wrong with the stamp of a form that comes back: nothing, "early" or "old"."""
    try:
        _signer().unsign(stamp, max_age=LATEST)
    except BadSignature:
        return OLD
    try:
        _signer().unsign(stamp, max_age=SOONEST)
    except SignatureExpired:
        return ""
    return EARLY


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="feedback.form_token")
