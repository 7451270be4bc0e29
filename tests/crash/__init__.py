"""The guarantees, proved by killing processes and filling disks."""
