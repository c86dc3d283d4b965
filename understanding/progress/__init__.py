"""What a camat's own words say about how far a task is: `read_progress` reads one report."""

from understanding.progress.quantity import Quantity
from understanding.progress.reader import Progress, Status, read_progress

__all__ = ["Progress", "Quantity", "Status", "read_progress"]
