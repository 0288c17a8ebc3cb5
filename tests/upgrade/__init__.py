"""Databases of other schemas: refused where they are opened, brought forward by `handsel upgrade`."""
