import json

import pytest

from matching.ranking import retrieval
from matching.ranking.retrieval import BM25, OURS, FolderError, evaluate, read

DOCS = {"a": "Plant trees", "b": "Read stories to children", "c": "Cook soup", "7": "Repair bikes"}
QUERIES = {"q1": "trees", "q2": "stories", "q3": "nothing of it"}


@pytest.fixture
def folder(tmp_path):
    _write(tmp_path / "docs.jsonl", DOCS)
    _write(tmp_path / "queries.jsonl", QUERIES)
    (tmp_path / "qrels.tsv").write_text("q1\ta\t1\nq2\tb\t2\nq2\tc\t0\n")
    return tmp_path


def _write(path, texts):
    rows = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    path.write_text("\n".join(rows) + "\n\n")


def _pairs(search, matrix):
    pairs = zip(*matrix.nonzero(), strict=True)
    return {(search.queries[q], search.docs[d]): matrix[q, d] for q, d in pairs}


@pytest.mark.parametrize(
    "header", ["", "query-id\tcorpus-id\tscore\n", "\ufeffquery\tdoc\tgrade\n"]
)
def test_a_folder_is_read_with_or_without_names_of_columns(folder, header):
    qrels = folder / "qrels.tsv"
    qrels.write_text(header + qrels.read_text())
    (folder / "exclude.tsv").write_text(("query\tdoc\n" if header else "") + "q1\t7\n")
    search = read(folder)

    assert sorted(search.docs) == sorted(DOCS.values())
    assert search.queries == list(QUERIES.values())
    assert _pairs(search, search.grades) == {
        ("trees", "Plant trees"): 1,
        ("stories", "Read stories to children"): 2,
    }
    assert _pairs(search, search.left_out) == {("trees", "Repair bikes"): 1}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("docs.jsonl", "{]\n", r"docs.jsonl:1: not an object with id and text"),
        ("docs.jsonl", '{"id": "a"}\n', r"docs.jsonl:1: not an object"),
        ("docs.jsonl", '{"id": "a", "text": 5}\n', r"docs.jsonl:1: id and text must be text"),
        ("docs.jsonl", '{"id": 1, "text": ""}\n{"id": "1", "text": ""}\n', "1 was there before"),
        ("queries.jsonl", "\n", "there must be documents and queries"),
        ("qrels.tsv", "q1\ta\t1\nq9\ta\t1\n", r"qrels.tsv:2: there is no query q9"),
        ("qrels.tsv", "q1\ta\t1\nq1\tz\t1\n", r"qrels.tsv:2: there is no document z"),
        ("qrels.tsv", "q1\ta\tmuch\n", r"qrels.tsv:1: grade 'much' is not a number"),
        ("qrels.tsv", "q1 a 1\n", r"qrels.tsv:1: columns must be parted by tabs"),
        ("qrels.tsv", "q1\ta\t0\n", "no document is relevant"),
        ("exclude.tsv", "q1\ta\nq1\tz\n", r"exclude.tsv:2: there is no document z"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(folder, name, content, message):
    (folder / name).write_text(content)

    with pytest.raises(FolderError, match=message):
        read(folder)


def test_a_folder_without_its_files_is_refused(tmp_path):
    with pytest.raises(FolderError, match=r"docs.jsonl cannot be read"):
        read(tmp_path)


def test_files_that_are_not_utf8_are_refused(folder):
    (folder / "docs.jsonl").write_bytes(b'{"id": "a", "text": "\xff"}\n')

    with pytest.raises(FolderError, match="is not UTF-8"):
        read(folder)


@pytest.mark.encoders
def test_models_stand_side_by_side(folder):
    measures, seconds = evaluate(read(folder))

    assert list(measures)[-1] == OURS
    assert {"words", "fragments", "english", "cause", "universal", "multilingual"} < set(measures)
    assert {"words+fragments", "words+fragments+english"} < set(measures)
    assert {BM25, "all-MiniLM-L6-v2", "multilingual-e5-small"} < set(measures)
    assert all(set(m) == {"ndcg@10", "mrr", "map", "recall@50"} for m in measures.values())
    assert measures[OURS] == pytest.approx(dict.fromkeys(measures[OURS], 1))
    assert min(seconds.values()) >= 0


def test_documents_without_a_word_are_ranked_by_nobody(folder):
    _write(folder / "docs.jsonl", dict.fromkeys(DOCS, "..."))
    measures, _ = evaluate(read(folder))

    assert measures[BM25] == measures["words"]


def test_blocks_of_queries_change_nothing(folder, monkeypatch):
    whole, _ = evaluate(read(folder))
    monkeypatch.setattr(retrieval, "_MOST_SCORES", 4)
    monkeypatch.setattr(retrieval, "_MOST_TEXTS", 2)
    steps = []
    parts, _ = evaluate(read(folder), progress=lambda *step: steps.append(step))

    assert parts == whole
    assert set(parts) == {BM25, "words", "fragments", "words+fragments", OURS}
    assert ("documents, words", 2, 4) in steps
    assert ("ranking, ours", 3, 3) in steps
