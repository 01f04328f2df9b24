"""Pages of the volunteer centre, by what they are about."""
