"""The schema's versions, in the order they are applied. Folders that other packages bring have theirs beside them."""

from handsel.chain.folders import migration_directories

# Here and not from outside: Django reloads this package.
__path__.extend(migration_directories())
