"""The version of the house; pyproject.toml says the same."""

VERSION = "0.5.0"
