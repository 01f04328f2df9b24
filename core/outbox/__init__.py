"""Work that a change asks for: stated with the change, done afterwards, never lost."""
