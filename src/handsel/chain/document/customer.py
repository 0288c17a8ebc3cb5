"""The customer of a row: an account or a contact."""

from __future__ import annotations

from django.db import models

from handsel.tables.columns import AnyLookup, Lookup
from handsel.tables.facts import Required, Writable
from handsel.tables.table import ColumnGroup


class Customer(ColumnGroup):
    """An account or a contact: `customerid` and the two real foreign keys behind it, kept equal by a CHECK.

    `account` and `contact` are the Python names of the two foreign keys.
    """

    def __init__(
        self,
        label: str = "Customer",
        *,
        navigation: str = "customerid",
        account: str = "account",
        contact: str = "contact",
        required: Required = Required.NONE,
    ) -> None:
        super().__init__("")
        self.label, self.navigation, self.required = label, navigation, required
        self.account, self.contact = account, contact

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        parts = {"account": f"{self.account}id".replace("_", ""), "contact": f"{self.contact}id".replace("_", "")}
        cls.add_to_class(
            name,
            AnyLookup(
                {table: f"{self.navigation}_{table}" for table in parts},
                self.label,
                split=parts,
                kind="Customer",
                required=self.required,
                index=True,
            ),
        )
        cls.add_to_class(self.account, Lookup("account", "Account", writable=Writable.NEVER))
        cls.add_to_class(self.contact, Lookup("contact", "Contact", writable=Writable.NEVER))
