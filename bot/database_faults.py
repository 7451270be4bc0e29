"""Why the database cannot be used, in words an operator understands."""

from domain.texts import Texts
from storage.faults import fault_code


def database_fault(error: BaseException, words: Texts) -> str:
    """What is wrong and what to do; the driver's own words where there are none of ours."""
    said = (str(error).splitlines() or [""])[0]
    fault = words(f"database.{fault_code(error)}", kind=type(error).__name__, fault=said)
    return words("said.database", fault=fault)
