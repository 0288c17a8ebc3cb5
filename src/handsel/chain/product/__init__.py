"""What is sold: products, families, bundles, kits, units and their properties."""

UPSTREAM = ("party",)
