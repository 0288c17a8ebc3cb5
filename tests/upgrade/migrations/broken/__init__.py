"""The migrations of `ahead`, and one that does not end well."""

import tests.upgrade.migrations.ahead

__path__ = [*tests.upgrade.migrations.ahead.__path__, *__path__]
