"""Benchmarks: how fast Handsel makes documents, each figure beside hand-written SQL in the same run.

Nothing here is asserted in the test suite; numbers depend on the machine, the comparison much less.
"""
