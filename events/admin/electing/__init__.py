"""Terms and offices, elections, rounds of voting: the pages of the secretariat."""
