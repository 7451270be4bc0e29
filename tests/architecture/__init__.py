"""The shape of the house: what stands where, and what the wheel carries."""
