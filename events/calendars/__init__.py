"""Meetings and deadlines as calendars to subscribe to (RFC 5545)."""
