"""The parts of the simulated Telegram: its world, its rules, its methods, its people."""
