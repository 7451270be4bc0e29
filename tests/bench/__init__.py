"""How fast, beside what others do: ``make bench`` prints it and never fails on a time."""
