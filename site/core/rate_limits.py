"""How often one client may ask: counted under a keyed hash, the address is never kept."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

MINUTE, HOUR, DAY = 60, 3600, 86_400


def seconds_to_wait(request, purpose: str, limits: dict[int, int]) -> int:
    """Count one request of this client; 0 if it is within the limits, else how long to wait.

    `limits`: seconds of a window → how many are let through in it. Without a cache that the workers
    share each of them counts for itself.
    """
    client = salted_hmac("core.rate_limits", client_of(request)).hexdigest()
    for window, limit in limits.items():
        if _count(f"{purpose}:{window}:{client}", window) > limit:
            return window
    return 0


def _count(key: str, window: int) -> int:
    cache.add(key, 0, window)
    try:
        return cache.incr(key)
    except ValueError:  # its time ran out between the two
        return 1


def client_of(request) -> str:
    """The client's address, for IPv6 its network, as far as our own proxies vouch for it.

    Anybody can send X-Forwarded-For: it counts only from the proxies of `TRUSTED_PROXIES`, and
    of its entries the last one that is none of them.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if address in settings.TRUSTED_PROXIES:
        said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        others = [part for part in said if part and part not in settings.TRUSTED_PROXIES]
        address = others[-1] if others else address
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if known.version == 4 or known.ipv4_mapped:
        return str(getattr(known, "ipv4_mapped", None) or known)
    return str(ipaddress.ip_network((known, 64), strict=False))
