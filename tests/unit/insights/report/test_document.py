"""The report as PDF says what the report says, can be read aloud, and cuts nothing off."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from pypdf import PageObject, PdfReader

from core.places.wards import WARDS
from insights.models import Campaign
from insights.report.contents import report
from insights.report.document import pdf_of, shade_of
from insights.report.parts import Cell, Kind, Line, Report, Section, Table
from tests.factories.insights import CampaignFactory
from tests.factories.opportunities import OrganisationFactory
from tests.factories.reports import YEAR, figures_of_a_year, month_of_campaign

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
#: Points of an A4 page below which only the foot may stand.
FOOT = 24 / 25.4 * 72


@pytest.fixture
def made(db: None) -> Report:
    with time_machine.travel(AT, tick=False):
        figures_of_a_year()
        OrganisationFactory(legal_form="faith", name="=HYPERLINK(1)")
        campaign = CampaignFactory(
            name="Evenings in Roxeth", state=Campaign.State.SENT, confirmed_at=AT
        )
        month_of_campaign(campaign, began=(25, 2), of=(40, 40), placed=31)
        return report(YEAR)


def read(report: Report) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(report)))


def words_of(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def of_one(table: Table) -> Report:
    return Report(YEAR, "the year", AT, True, (), "", (Section("s", "Section", (), (table,)),))


def row_in_words(table: Table, line: Line) -> str:
    """As the row stands in the document."""
    if table.kind == Kind.MONTHS:
        return f"{line.cells[0].written} {line.short}"
    if table.kind == Kind.WARDS and line.label in {ward.name for ward in WARDS}:
        return f"{line.label} {line.cells[0].written}"
    if table.kind == Kind.WARDS:
        return f"{line.label}: {line.cells[0].words}."
    if table.kind == Kind.BARS:
        return f"{line.label} {' of '.join(cell.words for cell in line.cells if cell.words)}"
    return " ".join((line.label, *(cell.words for cell in line.cells)))


def test_every_sentence_title_row_and_note_is_in_the_document(made: Report) -> None:
    words = words_of(read(made))
    assert {table.kind for table in made.tables} == set(Kind)
    assert {"campaigns", "sector", "method"} <= {section.code for section in made.sections}
    for sentence in (made.title, made.state, made.meaning, *made.summary):
        assert sentence in words
    for section in made.sections:
        for sentence in (section.title, *section.sentences):
            assert " ".join(sentence.split()) in words
    for table in made.tables:
        for sentence in (table.title, table.about, *table.notes_drawn):
            assert " ".join(sentence.split()) in words
        for line in table.lines_drawn:
            assert " ".join(row_in_words(table, line).split()) in words


def test_a_number_that_is_too_small_is_not_in_the_document(made: Report) -> None:
    words = words_of(read(made))
    assert "West Harrow *" in words
    assert "Residents who helped in each of the last twelve months fewer than 8" in words


def test_it_can_be_read_aloud(made: Report) -> None:
    document = read(made)
    root = document.root_object
    assert document.metadata is not None
    assert document.metadata.title == made.title
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_charts_say_their_numbers_in_words(made: Report) -> None:
    """In place of the drawing, a screen reader says what it shows."""
    document = read(made)
    said = [
        str(one.get("/Alt", ""))
        for one in (document.get_object(number + 1) for number in range(len(document.xref[0])))
        if isinstance(one, dict)
    ]
    assert any("West Harrow: fewer than 8" in words for words in said)
    assert any("October 2026: about 75" in words for words in said)


@pytest.mark.parametrize("letters", [1900, 6000])
def test_no_table_runs_off_the_page(letters: int) -> None:
    """One that is kept together stands on a page, and one that would not is parted."""
    cells = tuple(Cell("many words " * 5) for __ in range(3))
    line = Line("word " * 5, cells)
    rows = letters // (25 + 3 * 55)
    table = Table("t", "Title", "about", ("A", "B", "C", "D"), (line,) * rows, Kind.TABLE)
    document = read(of_one(table))
    heights = [height for page in document.pages for height in heights_of(page, "many")]
    assert len(heights) >= rows
    assert min(heights) > FOOT


def heights_of(page: PageObject, word: str) -> list[float]:
    """How far above the page's lower edge each piece of text with a word stands, in points."""
    heights = []

    def note(text: str, around: list[float], own: list[float], *__: object) -> None:
        if word in text:
            heights.append(own[4] * around[1] + own[5] * around[3] + around[5])

    page.extract_text(visitor_text=note)
    return heights


def over_months(values: Sequence[float | None]) -> Report:
    names = ("Apr 2026", "May", "Jun", "Jul", "Aug")
    lines = []
    for name, value in zip(names, values, strict=True):
        cell = (
            Cell("fewer than 8", None, "*") if value is None else Cell("some", value, f"{value:g}")
        )
        lines.append(Line(f"{name} in full", (cell,), name))
    return of_one(Table("t", "Title", "about", ("Month", "People"), tuple(lines), Kind.MONTHS))


def test_a_month_without_a_number_leaves_a_gap_in_the_line() -> None:
    whole, parted = (
        read(over_months([10, 20, 25, 40, 30])),
        read(over_months([10, 20, None, 40, 30])),
    )
    assert "10 Apr 2026 20 May * Jun 40 Jul 30 Aug" in words_of(parted)
    assert lines_drawn(whole) - lines_drawn(parted) == 2


def lines_drawn(document: PdfReader) -> int:
    contents = document.pages[0].get_contents()
    assert contents is not None
    return sum(operator == b"l" for __, operator in contents.operations)


@pytest.mark.parametrize("most", [0.7, 2.3, 6.9, 36.7, 130])
def test_the_most_has_the_darkest_of_six_shades_and_nothing_has_the_lightest(most: float) -> None:
    assert shade_of(most, most) == 5
    assert shade_of(0, most) == shade_of(0, 0) == 0
