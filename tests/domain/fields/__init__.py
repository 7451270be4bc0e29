"""Every kind of field, by table."""
