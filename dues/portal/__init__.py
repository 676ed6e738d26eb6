"""What members see and do about their dues in the portal."""
