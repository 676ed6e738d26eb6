"""Pages of events for the people of a member: its meetings, and services it can use."""
