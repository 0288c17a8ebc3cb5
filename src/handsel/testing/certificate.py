"""A throw-away certificate for this machine, and the authority that signed it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handsel.errors import SetupError

NAMES = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files in PEM. `chain` and `key` are the server's, `authority` is the certificate that a client must trust."""

    authority: Path
    chain: Path
    key: Path


def issue(directory: Path) -> Certificate:
    """Write a new certificate into a directory. Raises SetupError without trustme."""
    try:
        import trustme
    except ImportError as error:
        raise SetupError("TLS needs a certificate: install `handsel[testing]`, which brings trustme.") from error
    made = Certificate(directory / "authority.pem", directory / "chain.pem", directory / "key.pem")
    authority = trustme.CA()
    issued = authority.issue_cert(*NAMES)
    authority.cert_pem.write_to_path(made.authority)
    issued.private_key_pem.write_to_path(made.key)
    for part in issued.cert_chain_pems:
        part.write_to_path(made.chain, append=True)
    return made
