"""Staff pages of trainings, requests, regional offices, partners and advisers."""
