"""The product's migrations, and three that a Handsel of the future might add to them."""

import handsel.migrations

__path__ = [*handsel.migrations.__path__, *__path__]
