"""Tables, one repository a subject, migrations."""
