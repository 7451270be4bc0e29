"""Zalo: the Bot Platform, taken in by polling or by webhook, and spoken to over HTTP.

Nobody has tried this on the live platform yet. What is only believed of it stands in
``assumptions.py``, each with its reason, and in ``docs/zalo.md`` as a list of what to try.
"""
