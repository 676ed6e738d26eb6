"""Pages of events for everybody: no account, nothing but what is public."""
