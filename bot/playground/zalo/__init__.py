"""The simulated Zalo Bot Platform, a subject a file."""
