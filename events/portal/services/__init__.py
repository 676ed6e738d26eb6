"""Services in the portal: what can be used now, and how our requests stand (R28, R29)."""
