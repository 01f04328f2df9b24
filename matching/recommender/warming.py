"""Have at hand what ranking takes seconds to load, before there is any work."""

from contextlib import suppress

from django.db import Error as DatabaseTrouble

from matching.ranking.embedding.packaged import EncoderUnavailableError
from matching.ranking.embedding.sentences import ENCODERS
from matching.recommender import snapshot
from matching.recommender.fitting import is_on_disk


def warm_up() -> None:
    """Load the newest model, the roles and the sentence encoders, so that the first person to save
    a profile does not wait for them. Nothing where no model is here yet: a ranking comes first.
    """
    # What cannot be loaded now is loaded, or refused, by the first work that needs it.
    with suppress(DatabaseTrouble):
        if is_on_disk():
            snapshot.take()
            for encoder in ENCODERS.values():
                with suppress(EncoderUnavailableError):
                    encoder.embed(["volunteer"], 1)
