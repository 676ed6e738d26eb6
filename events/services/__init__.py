"""What members can use: trainings, consulting, promotion of their events (R28, R29)."""
