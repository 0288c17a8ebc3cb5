"""The migrations, in the order of their numbers. `scripts/make-migration` adds one; none is changed.

Folders that other packages bring have theirs beside these.
"""

from handsel.chain.folders import migration_directories

# Here and not from outside: Django reloads this package.
__path__.extend(migration_directories())
