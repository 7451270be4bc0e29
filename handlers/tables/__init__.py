"""What a person may do, in tables; ``handlers.router`` says in which order to look."""
