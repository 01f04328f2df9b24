"""Encoders of texts whose weights come in packages: offline, checked by SHA-256, swappable."""
