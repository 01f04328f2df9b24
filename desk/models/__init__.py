"""What the volunteer centre notes at its desk."""

from desk.models.note import DeskNote

__all__ = ["DeskNote"]
