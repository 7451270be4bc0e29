"""Whole conversations, written as they are held."""
