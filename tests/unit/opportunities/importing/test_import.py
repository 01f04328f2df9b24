"""Roles from a spreadsheet: each row checked, refused ones named, all or none written."""

from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.models import AuditEntry
from core.clock import today
from core.models import Fact
from opportunities.importing import mapping as mappings
from opportunities.importing.check import check
from opportunities.importing.mapping import MappingError
from opportunities.importing.reading import UnreadableFile, rows
from opportunities.models import Opportunity, Organisation

MAPPING = """
source = "demo"
description = "From a demonstration list."

[columns]
reference = "id"
title = "role"
description = "about"
organisation = "group"
places = "people"
commitment = "how often"
postcode = "postcode"
ends = "until"
offers = "gives"

[values.commitment]
weekly = "regular"
once = "one_off"

[values.offers]
"fresh air" = "outdoors"
"""
HEADER = "id,role,about,group,people,how often,postcode,until,gives"
GOOD_ROW = (
    "1,Gardener,Weed and plant trees,Example Garden,3,weekly,HA1 1BH,2030-01-31,fresh air; learn"
)

Sheet = Callable[..., Path]


@pytest.fixture
def mapping(tmp_path: Path) -> str:
    path = tmp_path / "demo.toml"
    path.write_text(MAPPING)
    return str(path)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / "roles.csv"
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        return path

    return write


def run(path: Path, mapping: str, *options: str) -> str:
    out = StringIO()
    call_command("import_opportunities", str(path), "--mapping", mapping, *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_good_rows_become_open_roles_of_verified_groups(sheet: Sheet, mapping: str) -> None:
    report = run(sheet(GOOD_ROW, GOOD_ROW.replace("1,Gardener", "2,Cook", 1)), mapping)
    assert "2 roles made" in report
    role = Opportunity.objects.open().get(title="Gardener")
    assert (role.places, role.commitment, role.postcode) == (3, "regular", "HA1 1BH")
    assert role.ward_code
    assert role.offers == ["learn", "outdoors"]
    assert "tree-planting" in [activity.code for activity in role.activities.all()]
    assert Organisation.objects.verified().count() == 1
    assert AuditEntry.objects.filter(action="opportunity.imported").count() == 2
    assert list(Fact.objects.values_list("kind", flat=True)) == ["roles.imported"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,,About,Group,3,weekly,HA1 1BH,", "role: is empty"),
        ("1,Role,About,Group,many,weekly,HA1 1BH,", "people: “many” is not a whole number"),
        ("1,Role,About,Group,0,weekly,HA1 1BH,", "people: 0 is not between"),
        ("1,Role,About,Group,3,hourly,HA1 1BH,", "how often: “hourly”"),
        ("1,Role,About,Group,3,weekly,ZZ9 9ZZ,", "postcode: “ZZ9 9ZZ”"),
        ("1,Role,About,Group,3,weekly,,", "postcode: “”"),
        ("1,Role,About,Group,3,weekly,HA1 1BH,tomorrow", "until: “tomorrow” is not a date"),
        (f"1,{'x' * 121},About,Group,3,weekly,HA1 1BH,", "role: has 121 characters"),
        ("1,Role,About,Group,3,weekly,HA1 1BH,,riches", "gives: “riches” is not in our list"),
    ],
)
def test_bad_row_is_refused_with_its_line_and_reason(
    sheet: Sheet, mapping: str, row: str, reason: str
) -> None:
    report = run(sheet(GOOD_ROW.replace("1,", "9,", 1), row), mapping)
    assert f"line 3: refused: {reason}" in report
    assert Opportunity.objects.count() == 1


@pytest.mark.django_db
def test_every_reason_is_named(sheet: Sheet, mapping: str) -> None:
    report = run(sheet("1,,,Group,many,weekly,HA1 1BH,,"), mapping)
    for column in ("role:", "about:", "people:"):
        assert column in report


@pytest.mark.django_db
def test_the_same_role_or_reference_twice_is_refused(sheet: Sheet, mapping: str) -> None:
    report = run(sheet(GOOD_ROW, GOOD_ROW.replace("Gardener", "Cook"), "2" + GOOD_ROW[1:]), mapping)
    assert "line 3: refused: the same reference as line 2" in report
    assert "line 4: refused: the same role as line 2" in report


@pytest.mark.django_db
def test_dry_run_changes_nothing(sheet: Sheet, mapping: str) -> None:
    assert "Nothing was changed" in run(sheet(GOOD_ROW), mapping, "--dry-run")
    assert not Opportunity.objects.exists()
    assert not Organisation.objects.exists()
    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_importing_again_brings_up_to_date(sheet: Sheet, mapping: str) -> None:
    run(sheet(GOOD_ROW), mapping)
    report = run(sheet(GOOD_ROW.replace("Gardener", "Head gardener")), mapping)
    assert "0 roles made, 1 brought up to date, 0 new groups" in report
    assert Opportunity.objects.get().title == "Head gardener"


@pytest.mark.django_db
def test_past_roles_are_closed_until_reopened(sheet: Sheet, mapping: str) -> None:
    path = sheet(GOOD_ROW.replace("2030", "2011"))
    assert "1 are past and closed" in run(path, mapping)
    assert not Opportunity.objects.open().exists()
    run(path, mapping, "--reopen")
    role = Opportunity.objects.open().get()
    assert role.closes_on is not None
    assert role.closes_on > today()


@pytest.mark.django_db
def test_the_trail_keeps_what_a_row_said_before(sheet: Sheet, mapping: str) -> None:
    run(sheet(GOOD_ROW), mapping)
    published = Opportunity.objects.get().published_at
    assert published is not None
    run(sheet(GOOD_ROW.replace(",3,", ",5,").replace("2030", "2011")), mapping)
    run(sheet(GOOD_ROW.replace(",3,", ",5,").replace("2030", "2011")), mapping, "--reopen")
    first, second, third = (
        entry.details.get("before")
        for entry in AuditEntry.objects.filter(action="opportunity.imported").order_by("pk")
    )
    assert first is None
    assert second == {"places": 3, "closes_on": "2030-01-31"}
    assert third == {"closes_on": "2011-01-31", "published_at": published.isoformat()}


@pytest.mark.django_db
def test_by_names_the_person(sheet: Sheet, mapping: str) -> None:
    with pytest.raises(CommandError, match="Nobody has the address"):
        run(sheet(GOOD_ROW), mapping, "--by", "nobody@example.org")
    assert not Opportunity.objects.exists()


@pytest.mark.django_db
def test_xlsx_reads_like_csv(tmp_path: Path, mapping: str) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(HEADER.split(","))
    page.append([1, "Gardener", "Weed", "Example Garden", 3.0, "weekly", "HA1 1BH", None])
    path = tmp_path / "roles.xlsx"
    book.save(path)
    assert "1 roles made" in run(path, mapping)
    assert Opportunity.objects.get().places == 3


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "roles.csv", "empty"),
        (b"\xff\xfe\x00broken", "roles.csv", "UTF-8"),
        (b'a,b\n"open', "roles.csv", "not CSV"),
        (b"a,a\n1,2\n", "roles.csv", "same name"),
        (b"no workbook", "roles.xlsx", "not an Excel"),
        (b"other,columns\n1,2\n", "roles.csv", "lacks the columns"),
    ],
)
def test_unreadable_file_says_why(
    tmp_path: Path, mapping: str, content: bytes, name: str, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        check(path, mappings.load(mapping))


def test_missing_file_and_unknown_mapping(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file"):
        list(rows(tmp_path / "nowhere.csv"))
    with pytest.raises(MappingError, match="nyc"):
        mappings.load("atlantis")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source = ", "not TOML"),
        ('source = "x"', "does not name reference"),
        (MAPPING.replace("until", "until").replace("ends =", "colour ="), "has no field colour"),
    ],
)
def test_bad_mapping_says_why(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(MappingError, match=message):
        mappings.load(str(path))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=st.binary(max_size=400))
def test_no_bytes_crash_the_reader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fuzz.csv"
    path.write_bytes(HEADER.encode() + b"\n" + content)
    with suppress(UnreadableFile):
        for __, cells in rows(path):
            assert "\x00" not in "".join(cells.values())
