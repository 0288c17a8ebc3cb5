"""SQLite: everything that Handsel does differently there."""

from handsel.database.sqlite.dialect import SQLite

DIALECT = SQLite()
