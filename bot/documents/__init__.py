"""Documents: drawn when they are sent, from a read-only store, off the event loop."""
