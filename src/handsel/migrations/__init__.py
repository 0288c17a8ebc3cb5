"""The migrations, in the order of their numbers. `scripts/make-migration` adds one; none is changed."""
