"""Who comes to a meeting for whom: delegates named, credentials handed in, papers for them."""
