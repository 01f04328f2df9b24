"""Text models compared on a labelled search, for the command."""

from matching.ranking.retrieval import OURS, FolderError, evaluate, read

__all__ = ["OURS", "FolderError", "evaluate", "read"]
