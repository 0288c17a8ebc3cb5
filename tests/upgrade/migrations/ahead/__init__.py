"""The product's migrations, and three that a Handsel of the future might add to them."""

from pathlib import Path

import handsel.migrations

NEWEST_OF_THE_PRODUCT = max(file.stem for file in Path(handsel.migrations.__path__[0]).glob("[0-9]*.py"))
__path__ = [*handsel.migrations.__path__, *__path__]
