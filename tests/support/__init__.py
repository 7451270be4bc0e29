"""What several tests use: fakes, clocks, databases."""
