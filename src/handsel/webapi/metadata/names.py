"""Names that every part of the metadata shares: the namespace, and ids that stay the same in every organization."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = "Microsoft.Dynamics.CRM"
ALIAS = "mscrm"
ODATA_TYPE = "@odata.type"

_IDS = UUID("6f0d2d4e-43c5-5d0c-9a2b-3a1d60b6a3a1")


def metadata_id(*names: str) -> str:
    """The MetadataId of the definition with these logical names, for example of `("quote", "quotenumber")`."""
    return str(uuid5(_IDS, "/".join(names)))


def type_name(name: str) -> str:
    """A type as `@odata.type` names it: `#Microsoft.Dynamics.CRM.quote`."""
    return f"#{NAMESPACE}.{name}"
