from api import reference
from api.reference import Field, Kind

SCHEMA = {
    "paths": {
        "/trees/{id}/": {
            "get": {
                "operationId": "trees_read",
                "tags": ["trees"],
                "summary": "Read a tree",
                "description": "With its `name`.",
                "security": [{"token": []}, {}],
                "parameters": [
                    {
                        "name": "kind",
                        "in": "query",
                        "description": "Which.\n\n* `oak` - Oak",
                        "schema": {"type": "array", "items": {"enum": ["oak", "elm"]}},
                    }
                ],
                "responses": {
                    "500": {"description": ""},
                    "404": {"content": {"application/json": {"schema": {"$ref": "#/c/s/Problem"}}}},
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/c/s/Tree"}}}},
                },
            },
            "delete": {
                "operationId": "trees_fell",
                "tags": ["trees"],
                "security": [{"token": []}],
                "responses": {"204": {"description": "It is gone."}},
            },
        },
        "/birds/": {"post": {"operationId": "birds", "tags": ["birds"], "responses": {}}},
    },
    "components": {
        "schemas": {
            "Tree": {
                "type": "object",
                "description": "One `tree`.",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 20, "description": "In English."},
                    "age": {"type": ["integer", "null"], "minimum": 0, "maximum": 900},
                    "kind": {"oneOf": [{"$ref": "#/c/s/KindEnum"}, {"$ref": "#/c/s/BlankEnum"}]},
                    "nest": {"oneOf": [{"$ref": "#/c/s/Nest"}, {"type": "null"}]},
                    "planted": {"type": "string", "format": "date"},
                    "birds": {"type": "array", "items": {"type": "string"}},
                },
            },
            "Nest": {"properties": {}},
            "KindEnum": {"enum": ["oak", "elm"], "type": "string"},
            "BlankEnum": {"enum": [""]},
            "Problem": {"properties": {"detail": {"type": "string"}}},
        }
    },
}


def test_operations_stand_by_noun_in_the_order_of_the_alphabet():
    birds, trees = reference.nouns(SCHEMA)
    assert (birds.name, trees.name) == ("birds", "trees")
    assert [(one.method, one.path) for one in trees.operations] == [
        ("GET", "/trees/{id}/"),
        ("DELETE", "/trees/{id}/"),
    ]


def test_operation_says_what_it_takes_and_answers_without_markdown():
    _birds, trees = reference.nouns(SCHEMA)
    read, fell = trees.operations
    assert (read.anchor, read.title, read.words) == ("trees-read", "Read a tree", "With its name.")
    assert (read.needs_sign_in, fell.needs_sign_in) == (False, True)
    assert read.parameters == (
        Field("kind", Kind("list of one of", choices=("oak", "elm")), False, "Which."),
    )
    assert [(answer.status, answer.kind) for answer in read.answers] == [
        ("200", Kind("Tree", shape="Tree")),
        ("404", Kind("Problem", shape="Problem")),
    ]
    assert [(answer.status, answer.kind, answer.words) for answer in fell.answers] == [
        ("204", None, "It is gone.")
    ]


def test_shapes_say_what_each_field_is():
    tree = next(shape for shape in reference.shapes(SCHEMA) if shape.name == "Tree")
    assert tree.words == "One tree."
    assert {field.name: field.kind for field in tree.fields} == {
        "name": Kind("text of at most 20 characters"),
        "age": Kind("whole number from 0 to 900 or null"),
        "kind": Kind("one of or empty", choices=("oak", "elm")),
        "nest": Kind("Nest or null", shape="Nest"),
        "planted": Kind("date (2027-01-31)"),
        "birds": Kind("list of text"),
    }
    assert [field.name for field in tree.fields if field.is_required] == ["name"]


def test_lists_of_choices_are_no_shapes_of_their_own():
    assert [shape.name for shape in reference.shapes(SCHEMA)] == ["Nest", "Problem", "Tree"]
