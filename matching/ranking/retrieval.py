"""Text models side by side on any labelled search in a plain folder.

docs.jsonl and queries.jsonl: one object a line with `id` and `text`. qrels.tsv: query, document and
grade (relevant above 0), with or without a line of names. exclude.tsv, if there is one: query and
document, pairs that are not ranked. Models are fitted on the documents alone.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.block_weights import BlockWeights, Shares
from matching.ranking.bm25 import Bm25
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.embedding.sentences import Sentences
from matching.ranking.evaluation import RelevantRanks, ranks_of_relevant
from matching.ranking.text import TextVectors, all_blocks
from matching.ranking.vectors import Vectors, joined
from matching.ranking.words import words_of

#: The model that the service uses.
OURS = "ours"
#: The usual yardstick, which is none of our blocks.
BM25 = "bm25"
#: The encoders as they come, by the block made of each: their names here and in `Sentences`.
PLAIN = {
    "english": ("all-MiniLM-L6-v2", "minilm"),
    "universal": ("universal-sentence-encoder", "universal"),
    "multilingual": ("multilingual-e5-small", "multilingual"),
}
#: Scores in memory at once: 128 MB of them.
_MOST_SCORES = 32_000_000
#: Texts that are turned into vectors at once, between two steps of the progress bar.
_MOST_TEXTS = 1000


class FolderError(ValueError):
    """A folder that cannot be read as a labelled search; the message says where and why."""


@dataclass(frozen=True, eq=False)
class Search:
    """A labelled search: texts, grades (queries × documents, above 0) and pairs to leave out.

    The documents are in a fixed order that has nothing to do with that of the file, so that equal
    scores favour nobody.
    """

    docs: list[str]
    queries: list[str]
    grades: csr_array
    left_out: csr_array


#: Told after each step: what is being done, how far it is, of how much.
Progress = Callable[[str, int, int], None]


def read(folder: Path) -> Search:
    """The search in a folder. Raises FolderError."""
    docs, queries = _texts(folder / "docs.jsonl"), _texts(folder / "queries.jsonl")
    if not docs or not queries:
        raise FolderError(f"{folder}: there must be documents and queries")
    ids = sorted(docs)
    order = [ids[at] for at in np.random.default_rng(0).permutation(len(ids))]
    doc_at = {name: at for at, name in enumerate(order)}
    query_at = {name: at for at, name in enumerate(queries)}
    grades = _pairs(folder / "qrels.tsv", query_at, doc_at, graded=True)
    excluded = folder / "exclude.tsv"
    left_out = _pairs(excluded, query_at, doc_at, graded=False) if excluded.exists() else {}
    shape = len(queries), len(docs)
    relevant = {pair: grade for pair, grade in grades.items() if grade > 0}
    if not relevant:
        raise FolderError(f"{folder / 'qrels.tsv'}: no document is relevant to any query")
    texts = [docs[name] for name in order], list(queries.values())
    return Search(*texts, _matrix(relevant, shape), _matrix(left_out, shape))


def evaluate(
    search: Search, threads: int = 1, progress: Progress = lambda *_: None
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Measures by model (`RelevantRanks.means`), ours last, and seconds as `ranked` gives them."""
    found, seconds = ranked(search, threads, progress)
    return {name: ranks.means() for name, ranks in found.items()}, seconds


def ranked(
    search: Search, threads: int = 1, progress: Progress = lambda *_: None
) -> tuple[dict[str, RelevantRanks], dict[str, float]]:
    """Where each model, ours last, puts what is relevant; and seconds that were spent on each
    block's vectors and, as "ranking", on the ranked lists.
    """
    # Each model asks for the same vectors: none is to be computed twice.
    MEMORY.most = max(MEMORY.most, len(search.docs) + len(search.queries))
    ours = TextVectors(all_blocks(threads))
    started = perf_counter()
    progress("fit", 0, 1)
    ours.fit(search.docs)
    progress("fit", 1, 1)
    seconds = {"fit": perf_counter() - started}
    alone = {name: _alone(ours, name) for name in ours.blocks_}
    read = {}
    for name, vectors in alone.items():
        started = perf_counter()
        documents = _in_blocks(vectors.roles, search.docs, progress, f"documents, {name}")
        queries = _in_blocks(vectors.people, search.queries, progress, f"queries, {name}")
        read[name] = documents, queries
        seconds[name] = perf_counter() - started
    started = perf_counter()
    found = {BM25: _relevant(search, _by_bm25(search), progress, BM25)}
    for name, encoder in (PLAIN[block] for block in ours.blocks_ if block in PLAIN):
        likeness = _as_it_comes(search, Sentences(encoder, threads))
        found[name] = _relevant(search, likeness, progress, name)
    for name, shares in _mixtures(list(alone)).items():
        likeness = _mixed(read, shares)
        found[name] = _relevant(search, likeness, progress, name)
    documents = _in_blocks(ours.roles, search.docs, progress, "documents, ours")
    queries = _in_blocks(ours.people, search.queries, progress, "queries, ours")
    found[OURS] = _relevant(search, _product(documents, queries), progress, OURS)
    return found, seconds | {"ranking": perf_counter() - started}


def _alone(fitted: TextVectors, name: str) -> TextVectors:
    """The fitted vectors with one block, whatever the languages."""
    vectors = TextVectors(weights=BlockWeights.always(Shares(**{name: 1.0})))
    vectors.__dict__ |= {k: v for k, v in vars(fitted).items() if k.endswith("_")}
    vectors.blocks_ = {name: fitted.blocks_[name]}
    return vectors


def _mixtures(names: list[str]) -> dict[str, dict[str, float]]:
    """Shares of the blocks by model: each alone, words with fragments, and these with each."""
    core = [name for name in ("words", "fragments") if name in names]
    halves = {name: 0.5 / len(core) for name in core}
    found = {name: {name: 1.0} for name in names}
    found["words+fragments"] = {name: 2 * half for name, half in halves.items()}
    for name in names:
        if name not in core:
            found[f"words+fragments+{name}"] = halves | {name: 0.5}
    return found


Likeness = Callable[[slice], NDArray[np.float32]]


def _mixed(read: Mapping[str, tuple[Vectors, Vectors]], shares: Mapping[str, float]) -> Likeness:
    products = [(_product(*read[name]), np.float32(share)) for name, share in shares.items()]

    def likeness(rows: slice) -> NDArray[np.float32]:
        first, *others = (share * product(rows) for product, share in products)
        return sum(others, start=first)

    return likeness


def _by_bm25(search: Search) -> Likeness:
    if not any(map(words_of, search.docs)):
        return lambda rows: np.zeros((rows.stop - rows.start, len(search.docs)), np.float32)
    fitted = Bm25().fit(search.docs)
    return lambda rows: fitted.scores(search.queries[rows])


def _as_it_comes(search: Search, encoder: Sentences) -> Likeness:
    documents, queries = encoder.transform(search.docs), encoder.transform(search.queries)
    return lambda rows: queries[rows] @ documents.T


def _product(documents: Vectors, queries: Vectors) -> Likeness:
    return lambda rows: queries.take(rows).likeness(documents)


def _relevant(search: Search, likeness: Likeness, progress: Progress, name: str) -> RelevantRanks:
    """Where a model puts what is relevant, its scores made in blocks of queries."""
    count, blocks = len(search.queries), list(_blocks(len(search.queries), len(search.docs)))
    found = []
    for rows in blocks:
        progress(f"ranking, {name}", rows.start, count)
        left_out = search.left_out[rows]
        these = ranks_of_relevant(likeness(rows), search.grades[rows], left_out)
        found.append((rows.start, these))
    progress(f"ranking, {name}", count, count)
    queries = np.concatenate([start + these.queries for start, these in found])
    ranks = np.concatenate([these.ranks for _, these in found])
    grades = np.concatenate([these.grades for _, these in found])
    return RelevantRanks(queries, ranks, grades, count)


def _blocks(rows: int, columns: int) -> Iterator[slice]:
    size = max(1, _MOST_SCORES // columns)
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def _in_blocks(
    read: Callable[[Sequence[str]], Vectors], texts: list[str], progress: Progress, what: str
) -> Vectors:
    done = []
    for start in range(0, len(texts), _MOST_TEXTS):
        progress(what, start, len(texts))
        done.append(read(texts[start : start + _MOST_TEXTS]))
    progress(what, len(texts), len(texts))
    return joined(done)


def _texts(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            name, text = row["id"], row["text"]
        except (ValueError, TypeError, KeyError) as error:
            raise FolderError(f"{path}:{number}: not an object with id and text") from error
        if not isinstance(name, str | int) or not isinstance(text, str):
            raise FolderError(f"{path}:{number}: id and text must be text")
        if str(name) in found:
            raise FolderError(f"{path}:{number}: id {name} was there before")
        found[str(name)] = text
    return found


def _pairs(
    path: Path, query_at: Mapping[str, int], doc_at: Mapping[str, int], *, graded: bool
) -> dict[tuple[int, int], float]:
    found = {}
    for position, (number, line) in enumerate(_lines(path)):
        columns = line.split("\t")
        if len(columns) < 2 + graded:
            raise FolderError(f"{path}:{number}: columns must be parted by tabs")
        query, doc = columns[0].strip(), columns[1].strip()
        grade = _number(columns[2]) if graded else 1.0
        known = query in query_at and doc in doc_at
        if position == 0 and not known and (grade is None or not graded):
            continue  # the names of the columns
        if not known:
            what = f"query {query}" if query not in query_at else f"document {doc}"
            raise FolderError(f"{path}:{number}: there is no {what}")
        if grade is None:
            raise FolderError(f"{path}:{number}: grade {columns[2]!r} is not a number")
        found[query_at[query], doc_at[doc]] = grade
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not empty, with their numbers from 1. Raises FolderError."""
    try:
        with path.open(encoding="utf-8-sig") as content:
            for number, line in enumerate(content, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise FolderError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FolderError(f"{path} is not UTF-8") from error


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _matrix(pairs: Mapping[tuple[int, int], float], shape: tuple[int, int]) -> csr_array:
    rows, columns = np.array(list(pairs), np.intp).reshape(-1, 2).T
    return csr_array((np.array(list(pairs.values()), float), (rows, columns)), shape=shape)
