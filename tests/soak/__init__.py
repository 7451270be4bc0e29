"""Weeks of a campaign in minutes: pushes to many, a network full of faults, and a bot killed."""
