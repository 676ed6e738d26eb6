"""Bids to host a meeting: calls, bids, their scores, and what a resolution makes of them."""
