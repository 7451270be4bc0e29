"""What every channel keeps, whatever its network."""
