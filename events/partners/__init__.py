"""Who works with the organisation: regional offices, partners, advisers (R30, R31, R34)."""
