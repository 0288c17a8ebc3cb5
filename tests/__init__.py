"""Tests of the whole: scenarios, contracts, sweeps; and the machinery that gives every test its own database."""
