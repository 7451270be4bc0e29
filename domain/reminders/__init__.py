"""What people are reminded of unasked, a file a subject: pure rules of what is due when."""
