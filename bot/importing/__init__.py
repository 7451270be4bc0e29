"""What workbooks are read for: units, people, quotas, entries; all or nothing, twice is once."""
