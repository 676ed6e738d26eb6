"""What a meeting is about: members consulted, sessions, speakers and their support."""
