"""Tests that walk over everything declared."""
