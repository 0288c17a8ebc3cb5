"""The frozen query tree: the request, its conditions and operators, the same for every query language."""
