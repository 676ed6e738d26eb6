"""The staff pages of awards."""
