"""The product's migrations and no others."""

import handsel.migrations

__path__ = [*handsel.migrations.__path__, *__path__]
