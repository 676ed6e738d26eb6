"""The rules of meetings: their stages, who votes, what is put to them and what they resolve."""
