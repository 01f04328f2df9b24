import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.migrations.state import ProjectState

from core.models import Activity, Cause, Language, Skill, UkcatTag
from core.taxonomy.loading import DATA_DIR, LISTS, load, load_after_migrate, read_list

MODELS: dict[str, Any] = {
    "Cause": Cause,
    "Activity": Activity,
    "Skill": Skill,
    "Language": Language,
}
HEADER = "Code,tag,Category,Subcategory,Level,Notes,Related ICNPTSO code,Regular expression\n"


@pytest.fixture
def copied_lists(tmp_path: Path) -> Path:
    for file in LISTS.values():
        (tmp_path / file).write_bytes((DATA_DIR / file).read_bytes())
    return tmp_path


def rewrite(folder: Path, file: str, change) -> None:
    """Apply `change` to the rows of a copied list, in place."""
    with (folder / file).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    columns = list(rows[0])
    change(rows)
    with (folder / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)


def ukcat_file(folder: Path, *lines: str) -> Path:
    path = folder / "ukcat.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


# -- the lists themselves --------------------------------------------------------------------------


def test_lists_have_the_size_they_are_meant_to_have():
    sizes = {name: len(read_list(DATA_DIR / file)) for name, file in LISTS.items()}
    assert 65 <= sizes["Cause"] <= 80
    assert 55 <= sizes["Activity"] <= 70
    assert 55 <= sizes["Skill"] <= 70
    assert 35 <= sizes["Language"] <= 50


def test_causes_have_two_levels_and_every_heading_has_causes_under_it():
    rows = read_list(DATA_DIR / LISTS["Cause"])
    headings = {row["code"] for row in rows if not row["parent"]}
    assert 10 <= len(headings) <= 14
    assert {row["parent"] for row in rows if row["parent"]} == headings


def test_every_cause_has_well_formed_cross_references():
    for row in read_list(DATA_DIR / LISTS["Cause"]):
        assert re.fullmatch(r"[A-Z]{2}([0-9]{3})?", row["ukcat_code"]), row
        assert re.fullmatch(r"[A-L][0-9]{2}", row["icnptso_code"]), row


@pytest.mark.parametrize("name", ["Cause", "Activity", "Skill"])
def test_every_item_has_plain_terms(name):
    for row in read_list(DATA_DIR / LISTS[name]):
        terms = row["terms"].split("|")
        assert 3 <= len(terms) <= 10, row
        assert len(set(terms)) == len(terms), row
        assert all(re.fullmatch(r"[a-z0-9][a-z0-9' -]*", term) for term in terms), row


def test_language_codes_are_iso_639_1_and_hold_what_harrow_speaks():
    codes = {row["code"] for row in read_list(DATA_DIR / LISTS["Language"])}
    assert all(re.fullmatch(r"[a-z]{2}", code) for code in codes)
    assert {"en", "gu", "ta", "ro", "hi", "pa", "ur", "pl", "ar", "fa", "so"} <= codes


@pytest.mark.parametrize("name", list(LISTS))
def test_every_value_fits_its_column(name):
    for row in read_list(DATA_DIR / LISTS[name]):
        values = {key: value for key, value in row.items() if key != "parent"}
        MODELS[name](**values).full_clean(validate_unique=False)


# -- loading ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_tables_hold_the_lists_after_migrate():
    for name, file in LISTS.items():
        wanted = [(row["code"], row["name"]) for row in read_list(DATA_DIR / file)]
        assert list(MODELS[name].objects.values_list("code", "name")) == wanted
    food_banks = Cause.objects.get(code="food-banks-and-meals")
    assert food_banks.parent == Cause.objects.get(code="food-money-and-housing")
    assert "hunger" in food_banks.term_list


@pytest.mark.django_db(transaction=True)
def test_tables_hold_the_lists_after_a_test_that_commits():
    Cause.objects.all().update(parent=None)
    Cause.objects.all().delete()
    call_command("flush", interactive=False, verbosity=0)
    assert Cause.objects.count() == len(read_list(DATA_DIR / LISTS["Cause"]))


@pytest.mark.django_db
def test_load_changes_nothing_the_second_time(django_assert_num_queries):
    with django_assert_num_queries(2 + len(LISTS)):  # the savepoint, and one look at each list
        loaded = load()
    assert all((done.added, done.changed, done.unlisted) == (0, 0, ()) for done in loaded.values())


@pytest.mark.django_db
def test_load_follows_a_changed_file_and_keeps_what_it_no_longer_lists(copied_lists):
    before = Activity.objects.get(code="gardening")

    def change(rows):
        rows[:] = [row for row in rows if row["code"] != "cooking"]
        rows.append({"code": "kite-flying", "name": "Flying kites", "terms": "kites|wind|sky"})
        next(row for row in rows if row["code"] == "gardening")["name"] = "Growing things"

    rewrite(copied_lists, "activities.csv", change)
    done = load(folder=copied_lists)["Activity"]

    after = Activity.objects.get(code="gardening")
    assert (after.pk, after.name) == (before.pk, "Growing things")
    assert Activity.objects.get(code="kite-flying").term_list == ["kites", "wind", "sky"]
    assert Activity.objects.filter(code="cooking").exists()
    assert (done.added, done.unlisted) == (1, ("cooking",))


@pytest.mark.django_db
def test_load_moves_a_cause_to_a_heading_that_is_new_in_the_same_file(copied_lists):
    def change(rows):
        new = {**rows[0], "code": "food", "name": "Food", "parent": ""}
        moved = next(row for row in rows if row["code"] == "food-banks-and-meals")
        rows.remove(moved)
        rows += [new, {**moved, "parent": "food"}]

    rewrite(copied_lists, "causes.csv", change)
    load(folder=copied_lists)
    food = Cause.objects.get(code="food")
    assert Cause.objects.get(code="food-banks-and-meals").parent == food


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"code": "Not A Slug"}, "not a slug"),
        ({"code": "older-people"}, "'older-people' is there twice"),
        ({"name": "Older people"}, "'Older people' is there twice"),
        ({"name": " "}, "the name is empty"),
        ({"parent": "nowhere"}, "no heading 'nowhere'"),
        ({"parent": "dementia"}, "no heading 'dementia'"),
    ],
)
def test_load_refuses_a_file_that_is_not_sound_and_changes_nothing(copied_lists, cells, message):
    def change(rows):
        rows[0]["terms"] = "changed"
        rows[-1].update(cells)

    rewrite(copied_lists, "causes.csv", change)
    number = 1 + len(read_list(DATA_DIR / "causes.csv"))
    with pytest.raises(ValueError, match=rf"causes\.csv, row {number}: .*{message}"):
        load(folder=copied_lists)
    assert not Cause.objects.filter(terms="changed").exists()


@pytest.mark.django_db
def test_load_refuses_a_row_of_another_length(copied_lists):
    path = copied_lists / "languages.csv"
    path.write_text(path.read_text(encoding="utf-8") + "xx\n", encoding="utf-8")
    with pytest.raises(ValueError, match="number of cells"):
        load(folder=copied_lists)


@pytest.mark.django_db
def test_load_after_migrate_leaves_a_database_without_the_tables_alone():
    before_every_migration = ProjectState().apps
    Cause.objects.filter(parent=None).update(terms="as it was")
    load_after_migrate(apps.get_app_config("core"), using="default", apps=before_every_migration)
    assert Cause.objects.filter(terms="as it was").exists()


# -- the official tags -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_load_ukcat_replaces_the_tags_and_names_codes_it_does_not_have(tmp_path):
    UkcatTag.objects.create(code="ZZ", name="Old", category="Old", level=1)
    Cause.objects.exclude(code__in=["older-people", "animals"]).filter(
        children__isnull=True
    ).delete()
    Cause.objects.exclude(code__in=["older-people", "animals"]).filter(parent=None).delete()
    path = ukcat_file(
        tmp_path,
        'BE108,Older people,Beneficiary group,,3,"a note, and more",D12;G15,x',
        "AR,Arts,Arts,,1,,A10,x",
        "AN101,Cats,Animals,,3,,,x",
    )
    out = StringIO()
    call_command("load_ukcat", path, stdout=out)

    tags = list(UkcatTag.objects.values_list("code", "name", "category", "level", "icnptso_code"))
    assert tags == [
        ("AN101", "Cats", "Animals", 3, ""),
        ("AR", "Arts", "Arts", 1, "A10"),
        ("BE108", "Older people", "Beneficiary group", 3, "D12;G15"),
    ]
    assert out.getvalue().splitlines() == [
        "3 tags loaded.",
        "cause animals: AN is not in the file",
        "cause animals: E21 is not in the file",
    ]


@pytest.mark.django_db
def test_load_ukcat_says_when_every_code_is_there(tmp_path):
    causes = Cause.objects.all()
    tags = {cause.ukcat_code: f"{cause.ukcat_code},Tag,Category,,3,,,x" for cause in causes}
    related = sorted({cause.icnptso_code for cause in causes})
    others = [f"ZZ{number:03},Tag,Category,,3,,{code},x" for number, code in enumerate(related)]
    out = StringIO()
    call_command("load_ukcat", ukcat_file(tmp_path, *tags.values(), *others), stdout=out)
    assert out.getvalue().splitlines()[1:] == [
        "Every code that our causes refer to is in the file."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ar1,Arts,Arts,,1,,A10,x", "line 3: 'ar1' is not a UKCAT code"),
        ("AR101,,Arts,,1,,A10,x", "line 3: tag must be a text"),
        ("AR101,Arts,Ar\x00ts,,1,,A10,x", "line 3: Category must be a text"),
        (f"AR101,{'A' * 101},Arts,,1,,A10,x", "line 3: tag must be a text"),
        ("AR101,Arts,Arts,,4,,A10,x", "line 3: Level must be 1, 2 or 3"),
        ("AR101,Arts,Arts,,1,,A1,x", "line 3: 'A1' is not a list of ICNP/TSO codes"),
        ("AR101,Arts,Arts,,1,," + ";".join(["A10"] * 8) + ",x", "is not a list of ICNP/TSO codes"),
        ("AN,Animals,Animals,,1,,E21,x", "line 3: The code AN is there twice."),
        ("AR101,Arts,Arts", "line 3: "),
        ("AR101,Arts,Arts,,1,,A10,x,too,many", "line 3: The line has not as many cells"),
    ],
)
def test_load_ukcat_refuses_a_bad_line_and_changes_nothing(tmp_path, line, problem):
    UkcatTag.objects.create(code="ZZ", name="Old", category="Old", level=1)
    path = ukcat_file(tmp_path, "AN,Animals,Animals,,1,,E21,x", line)
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("load_ukcat", path, stderr=errors)
    assert problem in errors.getvalue()
    assert list(UkcatTag.objects.values_list("code", flat=True)) == ["ZZ"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"Code,tag\nAR,Arts\n", "no column Category, Level, Related ICNPTSO code"),
        (b"", "no column"),
        (HEADER.encode(), "no tags in it"),
        (HEADER.encode() + b"AR,\xff\xfe,Arts,,1,,A10,x\n", "cannot be read"),
        (HEADER.encode() + b'AR,"Arts" x,Arts,,1,,A10,x\n', "cannot be read"),
    ],
)
def test_load_ukcat_refuses_a_file_that_is_no_such_list(tmp_path, content, problem):
    UkcatTag.objects.create(code="ZZ", name="Old", category="Old", level=1)
    path = tmp_path / "ukcat.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=problem):
        call_command("load_ukcat", path)
    assert UkcatTag.objects.count() == 1


@pytest.mark.django_db
def test_load_ukcat_says_that_a_file_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_ukcat", tmp_path / "nothing.csv")
