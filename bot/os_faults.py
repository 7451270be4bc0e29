"""What the system refuses, in words an operator understands."""

import errno

from domain.texts import Texts


def os_fault(error: OSError, words: Texts) -> str:
    """Why, and what to do; the system's own words where there are none of ours."""
    name = errno.errorcode.get(error.errno or 0, "").lower()
    path = error.filename if error.filename is not None else ""
    return words.first((f"os.{name}", "os.other"), path=path, fault=error.strerror or str(error))
