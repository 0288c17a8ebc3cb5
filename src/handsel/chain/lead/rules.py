"""What happens to the leads of a customer along with it."""

from __future__ import annotations

from handsel.tables.cascades import PARENTAL
from handsel.tables.referring import cascade, merges

merges("lead")
for party in ("account", "contact"):
    cascade(party, "lead", "customerid", PARENTAL)
