"""The pages of jurors: what is theirs to score, and nothing else."""
