"""JSON Schema of the front matter, for editors, and of the corpus as data: made from the annotations and the attribute docstrings of the types.

Amends reads every scalar as text; an editor types it first, by YAML's rules. So the schema takes both: `count: 612` is right as a
number and as text, and `title: 2031` is a title. In the data every value has one form.
"""

import ast
import inspect
import sys
import types
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any, NewType, Union, get_args, get_origin

from amends.checklist import Checklist
from amends.reading.moments import Duration, Moment
from amends.reading.timeline import Entry
from amends.reading.typed import LANGUAGE_PATTERN, Absence, Id, Language, Node, Team, takes_about
from amends.record import Figure, Record, Score, Share

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_NULL = {"type": "null"}
_TEXT = {"type": ["string", "number", "boolean"], "minLength": 1}
_LANGUAGE = {"type": ["string", "boolean"], "pattern": LANGUAGE_PATTERN}
_ID = {"type": ["string", "number", "boolean"], "pattern": r"^[^\s!-/:-@\[-`{-~][^\s!-,/:-@\[-^`{-~]*$"}
"""As `typed` has it, in the words that every dialect of regular expressions knows."""
_WHOLE_NUMBER = {"type": ["integer", "string"], "minimum": 0, "pattern": r"^(0|[1-9]\d*)$"}
_FLAG = {"enum": [True, False, "true", "false"]}


def record_schema() -> dict[str, Any]:
    """The schema of a record's front matter."""
    return _document(Record, "The front matter of an incident record")


def checklist_schema() -> dict[str, Any]:
    """The schema of a checklist's front matter."""
    return _document(Checklist, "The front matter of a prevention checklist")


def corpus_schema() -> dict[str, Any]:
    """The schema of the corpus as `export` writes it in JSON; a record by itself is its `Record`."""
    definitions: dict[str, Any] = {}
    moment = _kind(Moment, definitions)
    entry = {"description": inspect.getdoc(Entry), "type": "object", "properties": {"at": moment, "text": {"type": "string"}}, "required": ["at", "text"]}
    for kind in (Record, Checklist):
        definitions[kind.__name__] = node = _node(kind, definitions)
        node["properties"] |= _IDENTITY
        node["required"] = list(_IDENTITY)
    definitions["Record"]["properties"]["timeline"] = {"description": "The entries of the story's timeline.", "type": "array", "items": entry}
    definitions["Record"]["required"] += ["timeline"]
    for value, form in _AS_DATA.items():
        definitions[value.__name__] = {"description": inspect.getdoc(value), **form}
    parts = {f"{name}s": {"type": "array", "items": {"$ref": f"#/$defs/{name.capitalize()}"}} for name in ("record", "checklist")}
    return {"$schema": DIALECT, "title": "A corpus of incident records and prevention checklists", "type": "object", "properties": parts,
            "required": list(parts), "additionalProperties": False, "$defs": dict(sorted(definitions.items()))}


_IDENTITY = {
    "stem": {"description": "The name by which others refer to it: its file's, or its folder's.", "type": "string"},
    "path": {"description": "Its file, relative to the folder of the settings.", "type": "string"},
}
_COUNTED = {"type": "integer", "minimum": 0}
_AS_DATA: dict[type, dict[str, Any]] = {
    Duration: {"type": "string", "format": "duration", "pattern": r"^PT\d+H(\d+M)?$"},
    Figure: {"anyOf": [_COUNTED, {"type": "object", "properties": {"about": _COUNTED}, "required": ["about"], "additionalProperties": False}]},
    Share: {"type": "object", "properties": {"percent": {"type": "number"}}, "required": ["percent"], "additionalProperties": False},
    Score: {"type": "number"},
}
"""Values that the data holds in another form than the front matter."""


def _document(kind: type[Node], title: str) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    root = _node(kind, definitions)
    return {"$schema": DIALECT, "title": title, **root, "$defs": dict(sorted(definitions.items()))}


def _node(kind: type[Node], definitions: dict[str, Any]) -> dict[str, Any]:
    said = _docstrings(kind)
    properties = {}
    for key, annotation in kind.fields().items():
        name = key if key in kind.__annotations__ else f"{key}_"
        description = {"description": said[name]} if name in said else {}
        properties[key] = {**description, **_value(annotation, definitions)}
    return {"description": inspect.getdoc(kind), "type": "object", "properties": properties, "additionalProperties": False}


def _value(annotation: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Any value may be null, which says nothing yet."""
    kinds = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    choices = [_kind(kind, definitions) for kind in kinds if kind is not types.NoneType]
    if choices == [{}]:
        return {}
    return {"anyOf": [*choices, _NULL]}


def _kind(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) is tuple:
        return _list(get_args(kind)[0], definitions)
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": _kind(get_args(kind)[1], definitions)}
    if kind is Any:
        return {}
    if kind is int:
        return _WHOLE_NUMBER
    if kind is bool:
        return _FLAG
    if isinstance(kind, NewType):
        return _LANGUAGE if kind is Language else _ID if kind in (Id, Team) else _TEXT
    if kind is Absence:
        return _defined(kind, definitions, _absence)
    if issubclass(kind, Enum):
        return _defined(kind, definitions, lambda: {"description": inspect.getdoc(kind), "enum": [member.value for member in kind]})
    if issubclass(kind, Node):
        node = _defined(kind, definitions, lambda: _node(kind, definitions))
        return node if kind.shorthand is None else {"anyOf": [node, _short(kind, definitions)]}
    return _defined(kind, definitions, lambda: {"description": inspect.getdoc(kind), **kind.schema})


def _list(entry: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    item = _kind(entry, definitions)
    entries = {"type": "array", "items": item}
    alone = isinstance(entry, type) and issubclass(entry, Node) and entry.alone
    return {"anyOf": [entries, item]} if alone else entries


def _short(kind: type[Node], definitions: dict[str, Any]) -> dict[str, Any]:
    """What may be written in place of the whole part: the plain form of the field that it stands for."""
    annotation = kind.fields()[str(kind.shorthand)]
    plain = next(part for part in get_args(annotation) if part not in (Absence, types.NoneType))
    if takes_about(annotation):
        return _kind(plain, definitions)
    return {"allOf": [_kind(plain, definitions), {"not": {"type": "object"}}]}


def _absence() -> dict[str, Any]:
    return {
        "description": inspect.getdoc(Absence), "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": False,
        "properties": {key: {"description": meaning, **_TEXT} for key, meaning in Absence.KINDS.items()},
    }


def _defined(kind: type, definitions: dict[str, Any], make: Any) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # so that a part within itself would end here
        definitions[kind.__name__] = make()
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _docstrings(kind: type) -> dict[str, str]:
    """The texts that stand under the attributes of a class."""
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(_classes(kind.__module__)[kind.__name__].body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes of a module as they are written; kept, since `inspect` would parse the whole module again for each of them."""
    return {part.name: part for part in ast.parse(inspect.getsource(sys.modules[module])).body if isinstance(part, ast.ClassDef)}
