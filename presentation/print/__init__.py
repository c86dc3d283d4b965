"""Pictures, papers and sheets: pure functions from frozen dataclasses to bytes, safe to run in a worker thread."""
