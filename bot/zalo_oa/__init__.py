"""Zalo Official Accounts: taken in by webhook alone, spoken to over HTTP with OAuth tokens.

Nobody has tried this on the live platform yet. What is only believed of it stands in
``assumptions.py``, each with its reason, and in ``docs/zalo-oa.md`` as a list of what to try.
"""
