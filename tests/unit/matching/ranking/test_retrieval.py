import pytest

from matching.ranking import reading_plan, retrieval
from matching.ranking.embedding import minilm
from matching.ranking.embedding.memory import MEMORY
from matching.ranking.retrieval import BM25, OURS, evaluate, read
from tests.factories.search_folders import DOCS, write_folder, write_texts


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


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
    write_texts(folder / "docs.jsonl", dict.fromkeys(DOCS, "..."))
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


@pytest.mark.encoders
def test_texts_are_embedded_with_progress_and_once(folder, monkeypatch):
    monkeypatch.setattr(retrieval, "_MOST_READ", 2)
    steps = []
    search = read(folder)
    evaluate(search, progress=lambda *step: steps.append(step))
    computed = MEMORY.computed
    evaluate(search)

    assert [s for s in steps if s[0] == "embedding, minilm"][:2] == [
        ("embedding, minilm", 0, 7),
        ("embedding, minilm", 2, 7),
    ]
    assert steps[-1] == ("ranking, ours", 3, 3)
    before = steps.index(("fit", 0, 1))
    assert {step[0].split(",")[0] for step in steps[:before]} == {"embedding"}
    assert MEMORY.computed == computed


@pytest.mark.encoders
def test_of_a_large_search_slow_encoders_have_no_line_and_ours_stays(folder, monkeypatch):
    english = {name: f"People who {text.lower()} for the town" for name, text in DOCS.items()}
    write_texts(folder / "docs.jsonl", english)
    whole, _ = evaluate(read(folder))
    monkeypatch.setattr(reading_plan, "_MOST_SECONDS", 0.03)
    said: list[str] = []
    less, _ = evaluate(read(folder), say=said.append)

    gone = {"multilingual", "multilingual-e5-small", "words+fragments+multilingual"}
    assert set(whole) - set(less) == gone
    assert less == {name: whole[name] for name in whole if name not in gone}
    assert said == ["multilingual is left out: it would count 0.000 of 1"]


@pytest.mark.encoders
def test_encoders_read_beginnings_where_there_is_too_much(folder, monkeypatch):
    docs = {name: text + " and so on" * 400 for name, text in DOCS.items()}
    write_texts(folder / "docs.jsonl", docs)
    monkeypatch.setattr(reading_plan, "_MOST_SECONDS", 0.0)
    read_texts: list[str] = []
    embed = minilm.embed

    def noted(texts, threads):
        read_texts.extend(texts)
        return embed(texts, threads)

    monkeypatch.setattr(minilm, "embed", noted)
    said: list[str] = []
    measures, _ = evaluate(read(folder), say=said.append)

    assert said[-2:] == [
        "encoders read the first 500 characters of each text",
        "minilm reads no sentences one by one",
    ]
    assert max(map(len, read_texts)) <= 500
    assert len(read_texts) <= 7
    assert measures["words"]["mrr"] == 1
