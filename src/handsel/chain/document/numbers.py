"""The number of a document, and the settings of the organization that come with it (behaviour 10)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models

from handsel.chain.system.tables import Organization
from handsel.database.counters import NextNumber
from handsel.errors import SetupError
from handsel.tables.columns import Text
from handsel.tables.facts import Numbering, Required, Writable
from handsel.tables.table import add_column


class DocumentNumber(Text):
    """A number that a caller may give; otherwise prefix, counter and random suffix: `QUO-01000-A1B2C3`.

    `word` names the settings that the document adds to the organization: `Quote` gives `QuotePrefix` with the value
    `prefix`, and `CurrentQuoteNumber`, which shows and sets the counter; `Credit Note` gives `CreditNotePrefix`. The
    counter has the column's name and comes with the migration.
    """

    def __init__(self, label: str, word: str, prefix: str, *, first: int = 1000) -> None:
        self.word, self.prefix, self.first = word, prefix, first
        super().__init__(100, label, required=Required.SYSTEM, writable=Writable.CREATE, searched=True)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False, **rest: Any) -> None:
        super().contribute_to_class(cls, name, private_only=private_only, **rest)
        word = self.word.lower().replace(" ", "_")
        setting = f"{word}_prefix"
        if any(field.name == setting for field in Organization._meta.local_fields):
            declared = cls.__module__.replace(".", "/")
            raise SetupError(
                f"{declared}.py: {cls.__name__} numbers its rows by the word '{self.word}', which another "
                "table has already. Give DocumentNumber another word."
            )
        counter, current = str(self.column), f"current_{word}_number"
        numbering = Numbering(counter, setting.replace("_", ""), current.replace("_", ""), self.first)
        self.facts = replace(self.facts, numbering=numbering)
        add_column(Organization, setting, Text(20, f"{self.word} Prefix", default=self.prefix))
        shown = NextNumber(f"Current {self.word} Number", counter=counter, default=self.first)
        add_column(Organization, current, shown)
