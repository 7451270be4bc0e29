"""Tests of reading and writing Vietnamese."""
