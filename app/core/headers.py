"""What every answer tells the browser it may do: nothing but what the page itself brings."""

from flask import Response, g, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
)

ONE_YEAR = 31_536_000  # seconds


def _policy(nonce: str) -> ContentSecurityPolicy:
    """Allow scripts and styles of our own, the design system's one inline script by its nonce, and nothing else."""
    own = "'self'"
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src(own, f"'nonce-{nonce}'")
        .style_src(own)
        .img_src(own, "data:")
        .font_src(own)
        .connect_src(own)
        .form_action(own)
        .base_uri("'none'")
        .frame_ancestors("'none'")
    )


def _headers(nonce: str, *, https: bool) -> Secure:
    return Secure(
        csp=_policy(nonce),
        coop=CrossOriginOpenerPolicy().same_origin(),
        hsts=StrictTransportSecurity().max_age(ONE_YEAR) if https else None,
        permissions=PermissionsPolicy().camera().geolocation().microphone(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
    )


def set_headers(response: Response) -> Response:
    """Add the headers; a page is never kept by browsers or proxies, for another reader may ask next."""
    for name, value in _headers(g.get("csp_nonce", ""), https=request.is_secure).header_items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
