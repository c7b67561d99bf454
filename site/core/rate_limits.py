"""Rate limits per client, counted under a keyed hash: no address is stored."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE, HOUR, DAY = 60, 3600, 86_400


def seconds_to_wait(request: HttpRequest, purpose: str, limits: dict[int, int]) -> int:
    """Count one request of this client; return 0 within the limits, else how long to wait.

    `limits` maps the seconds of a window to the requests allowed in it. Without a cache that all
    workers share, each of them counts for itself.
    """
    client = salted_hmac("core.rate_limits", client_address(request)).hexdigest()
    for window, limit in limits.items():
        if _count(f"{purpose}:{window}:{client}", window) > limit:
            return window
    return 0


def _count(key: str, window: int) -> int:
    cache.add(key, 0, window)
    try:
        return cache.incr(key)
    except ValueError:  # It expired between the two calls.
        return 1


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address, or its network for IPv6; "unknown" if it is not valid.

    Anybody can send X-Forwarded-For: it counts only from `TRUSTED_PROXIES`, and of its entries
    the last one that is none of them.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if address in settings.TRUSTED_PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        addresses = [part.strip() for part in forwarded if part.strip()]
        untrusted = [part for part in addresses if part not in settings.TRUSTED_PROXIES]
        address = untrusted[-1] if untrusted else address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, 64), strict=False))
