"""Text models side by side on a labelled search. Models are fitted on the documents alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.block_weights import BlockWeights, Shares
from matching.ranking.bm25 import Bm25
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.embedding.packaged import EncoderUnavailableError
from matching.ranking.embedding.sentences import Sentences
from matching.ranking.evaluation import RelevantRanks, ranks_of_relevant
from matching.ranking.reading_plan import ENCODER_OF, Beginnings, ReadingPlan, planned
from matching.ranking.search_folder import FolderError, Search, read
from matching.ranking.text import Block, TextVectors, all_blocks
from matching.ranking.vectors import Vectors, joined
from matching.ranking.words import words_of

__all__ = ["BM25", "OURS", "FolderError", "Progress", "Say", "Search", "evaluate", "ranked", "read"]

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
#: Likewise by an encoder for the first time.
_MOST_READ = 64

#: Told after each step: what is being done, how far it is, of how much.
Progress = Callable[[str, int, int], None]
#: Told what was left out, in words.
Say = Callable[[str], None]


def evaluate(
    search: Search,
    threads: int = 1,
    progress: Progress = lambda *_: None,
    say: Say = lambda _: None,
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Measures by model (`RelevantRanks.means`), ours last, and seconds as `ranked` gives them."""
    found, seconds = ranked(search, threads, progress, say)
    return {name: ranks.means() for name, ranks in found.items()}, seconds


def ranked(
    search: Search,
    threads: int = 1,
    progress: Progress = lambda *_: None,
    say: Say = lambda _: None,
) -> tuple[dict[str, RelevantRanks], dict[str, float]]:
    """Where each model, ours last, puts what is relevant; and seconds that were spent on reading
    by encoders ("embedding"), on fitting, on each block's vectors and, as "ranking", on the lists.
    """
    blocks = dict(all_blocks(threads))
    started = perf_counter()
    plan = planned(search.docs, search.queries, list(blocks))
    for line in plan.said:
        say(line)
    # Each model asks for the same vectors: none is to be computed twice.
    MEMORY.most = max(MEMORY.most, 2 * (len(search.docs) + len(search.queries)))
    _embed(plan, threads, progress)
    seconds = {"embedding": perf_counter() - started}
    started = perf_counter()
    progress("fit", 0, 1)
    ours = TextVectors(_ours(blocks, plan)).fit(search.docs)
    progress("fit", 1, 1)
    seconds["fit"] = perf_counter() - started
    alone = {name: _alone(ours, name) for name in ours.blocks_ if name in plan.alone}
    vectors = {}
    for name, block in alone.items():
        started = perf_counter()
        documents = _in_blocks(block.roles, search.docs, progress, f"documents, {name}")
        queries = _in_blocks(block.people, search.queries, progress, f"queries, {name}")
        vectors[name] = documents, queries
        seconds[name] = perf_counter() - started
    started = perf_counter()
    found = {BM25: _relevant(search, _by_bm25(search), progress, BM25)}
    for name, encoder in (PLAIN[block] for block in alone if block in PLAIN):
        likeness = _as_it_comes(search, plan, Sentences(encoder, threads))
        found[name] = _relevant(search, likeness, progress, name)
    for name, shares in _mixtures(list(alone)).items():
        likeness = _mixed(vectors, shares)
        found[name] = _relevant(search, likeness, progress, name)
    documents = _in_blocks(ours.roles, search.docs, progress, "documents, ours")
    queries = _in_blocks(ours.people, search.queries, progress, "queries, ours")
    found[OURS] = _relevant(search, _product(documents, queries), progress, OURS)
    return found, seconds | {"ranking": perf_counter() - started}


def _embed(plan: ReadingPlan, threads: int, progress: Progress) -> None:
    """Have each encoder read what it is to read, so that all that follows is remembered. The
    longest texts come first, so that it is never slower than it looked.
    """
    for encoder, texts in plan.texts.items():
        split = plan.one_by_one and encoder == ENCODER_OF["english"]
        reader = Sentences(encoder, threads, one_by_one=split)
        try:
            reader.fit(texts)
        except EncoderUnavailableError:
            continue  # said when the block is fitted
        for start in range(0, len(texts), _MOST_READ):
            progress(f"embedding, {encoder}", start, len(texts))
            reader.transform(texts[start : start + _MOST_READ])
        progress(f"embedding, {encoder}", len(texts), len(texts))


def _ours(blocks: Mapping[str, Any], plan: ReadingPlan) -> list[Block]:
    """The blocks that count, those of encoders reading no more than planned."""
    cut = plan.longest
    if not plan.one_by_one and "english" in blocks:
        blocks["english"].set_params(one_by_one=False)
    return [
        (name, block if cut is None or name not in ENCODER_OF else Beginnings(block, cut))
        for name, block in blocks.items()
        if name in plan.ours
    ]


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


def _as_it_comes(search: Search, plan: ReadingPlan, encoder: Sentences) -> Likeness:
    documents, queries = (
        encoder.transform(plan.begun(texts)) for texts in (search.docs, search.queries)
    )
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
