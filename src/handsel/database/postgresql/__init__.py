"""PostgreSQL: everything that Handsel does differently there."""

from handsel.database.postgresql.dialect import PostgreSQL

DIALECT = PostgreSQL()
