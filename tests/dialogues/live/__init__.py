"""The conversations through the whole bot: people on a simulated network, its channel, the app."""
