import pytest

from matching.ranking.search_folder import FolderError, read
from tests.factories.search_folders import DOCS, QUERIES, write_folder, write_texts


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


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
        ("queries.jsonl", "\n", "there must be documents and queries"),
        (
            "docs.jsonl",
            "{]\n",
            "documents and queries; docs.jsonl: lines that are no object with an",
        ),
        ("qrels.tsv", "q1\ta\t0\n", "no document is relevant"),
        ("qrels.tsv", "q1\ta\tmuch\nq1\ta\tmore\n", "grade is not a number, left out: 2"),
    ],
)
def test_where_there_is_nothing_to_measure_it_is_said_why(folder, name, content, message):
    (folder / name).write_text(content)

    with pytest.raises(FolderError, match=message):
        read(folder)


GRADES = {("trees", "Plant trees"): 1, ("stories", "Read stories to children"): 2}


@pytest.mark.parametrize(
    ("name", "added", "slip"),
    [
        ("qrels.tsv", "q9\ta\t1\n", "qrels.tsv: lines with an unknown query, left out: 1"),
        ("qrels.tsv", "q1\tz\t1\n" * 2, "qrels.tsv: lines with an unknown document, left out: 2"),
        ("qrels.tsv", "q1\tc\tmuch\n", "qrels.tsv: lines whose grade is not a number, left out: 1"),
        ("qrels.tsv", "q1\tc\tnan\n", "qrels.tsv: lines whose grade is not a number, left out: 1"),
        ("qrels.tsv", "q1\tc\nq1\n", "qrels.tsv: lines with too few columns, left out: 2"),
        (
            "exclude.tsv",
            "q1\tc\nq1\tz\n",
            "exclude.tsv: lines with an unknown document, left out: 1",
        ),
        ("docs.jsonl", "{]\n[]\n", "docs.jsonl: lines that are no object with an id, left out: 2"),
        (
            "docs.jsonl",
            '{"text": "x"}\n',
            "docs.jsonl: lines that are no object with an id, left out: 1",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_counted(folder, name, added, slip):
    path = folder / name
    path.write_text((path.read_text() if path.exists() else "") + added)
    search = read(folder)

    assert slip in search.slips
    assert _pairs(search, search.grades) == GRADES
    assert sorted(search.docs) == sorted(DOCS.values())


@pytest.mark.parametrize(
    "content",
    [
        "q1 a 1\nq2  b   2\n",
        "query doc grade\nq1 a 1\nq2 b 2 more\n",
        "q1\ta\t1\tx\ty\nq2 b 2\n",
    ],
)
def test_columns_are_parted_by_tabs_or_spaces_and_more_do_not_matter(folder, content):
    (folder / "qrels.tsv").write_text(content)
    (folder / "exclude.tsv").write_text("q1 7 more\n")
    search = read(folder)

    assert _pairs(search, search.grades) == GRADES
    assert _pairs(search, search.left_out) == {("trees", "Repair bikes"): 1}


def test_a_text_that_is_null_or_missing_is_empty(folder):
    write_texts(folder / "docs.jsonl", DOCS | {"c": None})
    (folder / "queries.jsonl").write_text(
        '{"id": "q1"}\n{"id": "q2", "text": 5}\n{"id": "q3", "text": "\\ud800"}\n'
    )
    search = read(folder)

    assert sorted(search.docs) == sorted({**DOCS, "c": ""}.values())
    assert search.queries == ["", "5", "?"]
    assert "docs.jsonl: texts that are missing, taken as empty: 1" in search.slips


def test_of_lines_with_the_same_id_the_last_one_counts(folder):
    with (folder / "docs.jsonl").open("a") as docs:
        docs.write('{"id": 7, "text": "Mend bikes"}\n')
    search = read(folder)

    assert sorted(search.docs) == sorted({**DOCS, "7": "Mend bikes"}.values())
    assert "docs.jsonl: ids that were there before, the last one counts: 1" in search.slips


def test_queries_without_anything_relevant_are_counted(folder):
    without = "queries.jsonl: queries without a relevant document, left out of the means: "
    assert read(folder).slips == (f"{without}1",)

    (folder / "exclude.tsv").write_text("q1\ta\n")
    assert read(folder).slips == (f"{without}2",)


def test_a_folder_without_its_files_is_refused(tmp_path):
    with pytest.raises(FolderError, match=r"docs.jsonl cannot be read"):
        read(tmp_path)


def test_files_that_are_not_utf8_are_refused(folder):
    (folder / "docs.jsonl").write_bytes(b'{"id": "a", "text": "\xff"}\n')

    with pytest.raises(FolderError, match="is not UTF-8"):
        read(folder)
