"""How long each step of a job took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Steps:
    """Adds up seconds by step: `with steps("load"): …`."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - began
            self._seconds[name] = self._seconds.get(name, 0.0) + took

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds by step, in the order in which the steps first came."""
        return {name: round(value, 4) for name, value in self._seconds.items()}
