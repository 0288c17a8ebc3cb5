"""The caller's address and the server's, from the headers of trusted proxies; other callers' are ignored (Web API 1.2).

The headers X-Forwarded-For, -Proto, -Host and -Port are read if one of the first three is present, else Forwarded
(RFC 7239). A proxy must overwrite or remove those that its callers send.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handsel.http.naming import Naming

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 4_000
"""Characters of a header; a longer one is passed over."""

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._\-]{1,253})(?::[0-9]{1,5})?\Z")
_PORT = re.compile(r":[0-9]{1,5}\Z")
_PIECE = re.compile(r'[^,;"]++|"(?:[^"\\]++|\\.)*+"?|[,;]', re.DOTALL)
"""A text outside of quotes, a text in quotes, or a separator; a quote that is not closed goes to the end."""
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Caller:
    """The address that a request comes from, and the scheme, host and port that its sender used."""

    address: str
    origin: str


def caller_of(environ: WSGIEnvironment, proxies: Sequence[Network], naming: Naming | None = None) -> Caller:
    """The caller as a chain of trusted proxies reports it, or simply the other end of the connection.

    `naming` says which Host of a direct caller is believed; without it, every one.
    """
    address, scheme = environ.get("REMOTE_ADDR", ""), environ.get("wsgi.url_scheme", "http")
    host = _header(environ, "HOST")
    is_trusted = bool(proxies) and is_among(address, proxies)
    if is_trusted:
        said = _said(environ, proxies)
        address, host = said.get("for") or address, said.get("host") or host
        scheme = said["proto"].lower() if said.get("proto", "").lower() in ("http", "https") else scheme
        if said.get("port", "").isdigit():
            host = _with_port(host, said["port"], scheme)
    if naming is not None and naming.public:
        return Caller(address, naming.public)
    if not _HOST.match(host):
        host = _own_host(environ)
    elif naming is not None and not naming.believes(host, is_reported=is_trusted):
        host = naming.instead() or _own_host(environ)
    return Caller(address, f"{scheme}://{host}")


def networks_of(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks from text. Raises ValueError, which names the text that is neither."""
    return tuple(ipaddress.ip_network(text.strip(), strict=False) for text in texts)


def is_among(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; text that is no address lies in none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in networks)


def was_forwarded(environ: Mapping[str, object]) -> bool:
    """Whether a proxy passed the request on and says so in a header."""
    return any(name in environ for name in _SIGNS)


_SIGNS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


def _said(environ: WSGIEnvironment, proxies: Sequence[Network]) -> dict[str, str]:
    """The values from the proxies' headers, by the names of RFC 7239, and `port`."""
    found = {name: _header(environ, f"X_FORWARDED_{name.upper()}") for name in ("for", "proto", "host")}
    if not any(found.values()):
        return _standard(_header(environ, "FORWARDED"), proxies)
    hops = [_address(each) for each in found["for"].split(",")]
    said = {name: text.partition(",")[0].strip() for name, text in found.items()}
    said["for"] = hops[_client(hops, proxies)]
    if not _PORT.search(said["host"]):
        said["port"] = _header(environ, "X_FORWARDED_PORT").partition(",")[0].strip()
    return said


def _header(environ: WSGIEnvironment, name: str) -> str:
    text: str = environ.get(f"HTTP_{name}", "")
    return text if len(text) <= LONGEST else ""


def _standard(text: str, proxies: Sequence[Network]) -> dict[str, str]:
    """The element of a Forwarded header that the outermost trusted proxy added."""
    elements = _elements(text)
    if not any(elements):
        return {}
    hops = [_address(element.get("for", "")) for element in elements]
    index = _client(hops, proxies)
    return {**elements[index], "for": hops[index]}


def _elements(text: str) -> list[dict[str, str]]:
    """The pairs of each element; names in lower case, values without quotes."""
    elements: list[dict[str, str]] = [{}]
    pair = ""
    for piece in [*_PIECE.findall(text), ","]:
        if piece not in (",", ";"):
            pair += piece
            continue
        name, equals, value = pair.strip().partition("=")
        if equals and name.isalpha():
            is_quoted = value.startswith('"')
            elements[-1][name.lower()] = _ESCAPED.sub(r"\1", value[1:].removesuffix('"')) if is_quoted else value
        pair = ""
        if piece == ",":
            elements.append({})
    return [element for element in elements if element]


def _client(hops: Sequence[str], proxies: Sequence[Network]) -> int:
    """The index of the last hop that is no trusted proxy: all before it may be forged."""
    for index in range(len(hops) - 1, 0, -1):
        if not is_among(hops[index], proxies):
            return index
    return 0


def _address(text: str) -> str:
    """An address without port and brackets; empty for text that is no address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def _with_port(host: str, port: str, scheme: str) -> str:
    plain = _PORT.sub("", host)
    return plain if port == {"http": "80", "https": "443"}[scheme] else f"{plain}:{port}"


def _own_host(environ: WSGIEnvironment) -> str:
    """The server's name, for a request without a valid Host."""
    name = environ.get("SERVER_NAME", "localhost")
    return f"{f'[{name}]' if ':' in name and not name.startswith('[') else name}:{environ.get('SERVER_PORT', '80')}"
