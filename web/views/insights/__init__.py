"""Pages of the delivery group."""
