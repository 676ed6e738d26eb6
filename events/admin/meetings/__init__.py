"""The staff pages of meetings."""
