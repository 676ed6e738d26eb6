"""The staff pages around a meeting: calls and bids to host, delegates, programme, support."""
