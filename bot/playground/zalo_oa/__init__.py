"""The simulated Zalo Official Account, a subject a file."""
