"""Vectors that sentence encoders made of texts, kept so that a text is read once."""

from django.db import models

from core.clock import today


class SentenceVector(models.Model):
    """One text's vector: 16-bit floats, by encoder (its name and weights) and the text's
    fingerprint. What nobody has asked for in a month is deleted: it may be of a text that a person
    took back.
    """

    encoder = models.CharField(max_length=40)
    fingerprint = models.BinaryField(max_length=16)
    vector = models.BinaryField()
    used_on = models.DateField(default=today, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encoder", "fingerprint"], name="sentence_vector_once_for_each_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.encoder} of {bytes(self.fingerprint).hex()}"
