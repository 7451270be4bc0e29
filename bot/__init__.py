"""The shell: config, channels, turns, delivery, documents, web, command line."""
