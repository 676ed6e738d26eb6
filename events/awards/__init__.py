"""The rules of the awards, from the call to the certificate (workflow 4.8, R23-R26, P13, P14)."""
