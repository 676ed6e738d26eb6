"""What people type on the pages of meetings, elections, awards and programmes."""
