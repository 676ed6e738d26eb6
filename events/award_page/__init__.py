"""The pages of the awards' papers, from their snapshots alone. Pure."""
