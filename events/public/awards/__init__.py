"""Awards for everybody: calls, results, and entries written by a private link."""
