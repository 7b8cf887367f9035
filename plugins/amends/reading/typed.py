"""Typed, immutable parts of a record, built from annotations and validated by pydantic-core: every fault in one run.

A `Node` declares its fields as annotated class attributes, as a pydantic model does; this module turns the annotations
into a pydantic-core schema. pydantic itself is not imported: that alone takes longer than checking a record.

No field is required by its type. What a record must hold depends on its state and the site's policy, and that is the
rules' business; so whatever can be read of a faulty record still becomes a `Node`, and the rules run on it.
"""

import re
import types
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from typing import Any, ClassVar, Generic, NewType, TypeVar, Union, cast, get_args, get_origin, overload

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from amends.diagnostics import Fault, Path

Text = NewType("Text", str)
"""Prose in Markdown, short."""
Id = NewType("Id", str)
"""A name that something else refers to."""
Team = NewType("Team", str)
"""The name of those who answer for something: an Id that is no yes and no no."""
Url = NewType("Url", str)
Language = NewType("Language", str)
"""A language by its code, as BCP 47 writes it: `en`, `en-GB`."""

MAX_DIGITS = 18
"""More digits than anything that can be counted; Python itself refuses to read some thousands of them."""

_ID_PATTERN = r"^[\p{L}\p{N}][\p{L}\p{N}._-]*$"


LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"
_LANGUAGE = re.compile(LANGUAGE_PATTERN)


class Misfit(ValueError):
    """A value that its field cannot hold; raised by a scalar type's `parse`."""

    def __init__(self, rule: str, message: str, help: str | None = None) -> None:  # noqa: A002 - the diagnostic's own word
        super().__init__(message)
        self.rule, self.message, self.help = rule, message, help


class Node:
    """A part of a record: immutable, its fields typed, absent ones at their default."""

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    shorthand: ClassVar[str | None] = None
    """The key that a plain text written instead of the whole part stands for."""
    alone: ClassVar[bool] = False
    """Whether one entry may stand where a list of them is expected."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def but(self: "_NODE", **changes: object) -> "_NODE":
        """The same part with some of its values changed; what was computed from the others is computed anew."""
        kind = type(self)
        other = object.__new__(kind)
        vars(other).update({name: value for name, value in vars(self).items() if not isinstance(getattr(kind, name, None), cached_property)} | changes)
        return other

    @classmethod
    @cache
    def fields(cls) -> dict[str, Any]:
        """The fields' annotations by key, as declared. A key that Python reserves (`if`) has an attribute `if_`."""
        return {name.rstrip("_"): kind for name, kind in cls.__annotations__.items() if str(get_origin(kind)) != "typing.ClassVar"}


@dataclass(frozen=True, slots=True)
class Absence:
    """An honest "no": the author says that there is nothing here, and why. Silence is an error; this is not."""

    KINDS: ClassVar[dict[str, str]] = {
        "none": "Nothing of the kind was done or needed.",
        "unknown": "The sources do not say.",
        "missed": "It should have been done and was not.",
    }

    kind: str
    """One of KINDS."""
    why: str
    """The reason."""


_NODE = TypeVar("_NODE", bound=Node)


@overload
def rewritten(value: _NODE, text: Callable[[str], str | None], keep: Callable[[object], bool] = ...) -> _NODE: ...
@overload
def rewritten(value: object, text: Callable[[str], str | None], keep: Callable[[object], bool] = ...) -> object: ...
def rewritten(value: object, text: Callable[[str], str | None], keep: Callable[[object], bool] = lambda entry: True) -> object:
    """A typed value with every text in it as `text` gives it, and without the entries of lists that `keep` turns down. Where `text` gives None, and
    where a list loses all its entries, nothing is said any more: None, and in a part the field's default.
    """
    if isinstance(value, str):
        return text(value)
    if isinstance(value, tuple):
        left = tuple(part for entry in value if keep(entry) and (part := rewritten(entry, text, keep)) is not None)
        return left if left or not value else None
    if isinstance(value, Node):
        kind = type(value)
        names = (name for name in kind.__annotations__ if name.rstrip("_") in kind.fields())
        parts = {name: (part, rewritten(part, text, keep)) for name in names if (part := getattr(value, name)) is not None}
        changes = {name: getattr(kind, name) if left is None else left for name, (part, left) in parts.items() if left != part}
        return value.but(**changes) if changes else value
    return value


class Reader(Generic[_NODE]):
    """Reads plain values into one kind of node."""

    def __init__(self, kind: type[_NODE]) -> None:
        self.kind = kind
        self._validator = SchemaValidator(_schema(cast("Any", kind)))

    def read(self, values: Mapping[str, Any]) -> tuple[_NODE, list[Fault]]:
        """The node, and a fault for every value in it that does not fit; those values are left out of the node."""
        try:
            return self._validator.validate_python(values), []
        except ValidationError as error:
            faults = _faults(error, self.kind)
        left = deepcopy(dict(values))
        remaining = faults
        while remaining and left:
            for fault in remaining:
                self._leave_out(left, fault.place)
            try:
                return self._validator.validate_python(left), faults
            except ValidationError as error:
                remaining = [fault for fault in _faults(error, self.kind) if fault not in faults]
                faults = faults + remaining
        if not faults:
            faults = [Fault((), "a key here can't be read", "look for one with a control character in it", "wrong-type")]
        return self._validator.validate_python({}), faults

    def _leave_out(self, values: dict[str, Any], path: Path) -> None:
        """Take the faulty value out. An entry of a list of parts becomes an empty part, so that the others are read and keep their places."""
        if path and isinstance(path[-1], int) and _node_at(self.kind, path) is not Node:
            here: Any = values
            with suppress(LookupError, TypeError):  # a part around it is out already, or stands there in its short form
                for step in path[:-1]:
                    here = here[step]
                if here.__class__ is list and here[path[-1]] != {}:
                    here[path[-1]] = {}
                    return
        _prune(values, path)


# From annotations to a schema ---------------------------------------------------------------------------------------

_NULL, _ABSENCE, _VALUE = "\0null", "\0absence", "\0value"
"""Labels of a union's choices. They appear in error locations, so they must never equal a key."""


def _whole_number(value: Any) -> int:
    if value.__class__ is str and value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS:
        if len(value) > 1 and value[0] == "0":
            raise Misfit("wrong-type", f"`{value}` begins with a zero; YAML 1.1 would have read it as octal",
                         f"write {int(value)}, or put an outside number under `aliases`")
        return int(value)
    raise Misfit("wrong-type", f"a whole number is expected here, not {describe(value)}", "write it in digits, without separators")


def _flag(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    raise Misfit("wrong-type", f"true or false is expected here, not {describe(value)}",
                 "write `true`" if str(value).lower() in ("yes", "on", "y") else "write `true` or `false`")


_YES_OR_NO = frozenset(("yes", "no", "true", "false", "on", "off"))
"""What YAML 1.1 reads as no text at all; where a name of two letters may stand, `no` is Norway."""


def _language(value: str) -> str:
    if _LANGUAGE.fullmatch(value) is None:
        from babel import Locale  # only a faulty record needs it

        codes = {name.lower(): code for told_in in ("de", "en") for code, name in Locale(told_in).languages.items()}
        near = closest(value, list(codes))
        raise Misfit("wrong-type", f"{describe(value)} is not the code of a language", f"write `{codes[near]}`" if near else "write its code: `en`, `de`, `en-GB`")
    return value


def _named(value: str) -> str:
    if value.lower() in _YES_OR_NO:
        raise Misfit("wrong-type", f"`{value}` says yes or no, and not who it is", "name the team that answers for it")
    return value


@cache  # the same few annotations stand at most of the fields
def _schema(kind: Any) -> CoreSchema:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union_schema(get_args(kind), default=None)
    if origin is tuple:
        entry = get_args(kind)[0]
        schema = core_schema.tuple_variable_schema(_schema(entry))
        if isinstance(entry, type) and issubclass(entry, Node) and entry.alone:
            return core_schema.no_info_before_validator_function(lambda value: value if value.__class__ is list else [value], schema)
        return schema
    if origin is dict:
        return core_schema.dict_schema(core_schema.str_schema(), _schema(get_args(kind)[1]))
    if kind is Any:
        return core_schema.any_schema()
    if kind is int:
        return core_schema.no_info_plain_validator_function(_whole_number)
    if kind is bool:
        return core_schema.no_info_plain_validator_function(_flag)
    if kind is Id:
        return core_schema.str_schema(pattern=_ID_PATTERN, strip_whitespace=True)
    if kind is Language:
        return core_schema.no_info_after_validator_function(_language, core_schema.str_schema(min_length=1, strip_whitespace=True))
    if kind is Team:
        return core_schema.no_info_after_validator_function(_named, _schema(Id))
    if isinstance(kind, NewType):
        return core_schema.str_schema(min_length=1, strip_whitespace=True)
    if issubclass(kind, Enum):
        return core_schema.enum_schema(kind, list(kind.__members__.values()), sub_type="str")
    if issubclass(kind, Node):
        return _node_schema(kind)
    return core_schema.no_info_plain_validator_function(kind.parse)


@cache
def _union_schema(kinds: tuple[Any, ...], default: Any) -> CoreSchema:
    """`X | None`, `X | Absence`, `X | Absence | None`; a null where the default is not None becomes the default."""
    value = _present(Union[kinds])  # noqa: UP007 - the kinds are known at run time only
    nullable, absent = types.NoneType in kinds, Absence in kinds
    if not absent and default is None:
        return core_schema.nullable_schema(_schema(value))
    choices: list[CoreSchema | tuple[CoreSchema, str]] = []
    if nullable:
        none = core_schema.none_schema()
        choices.append((none if default is None else core_schema.no_info_after_validator_function(lambda _: default, none), _NULL))
    if absent:
        reasons = {key: core_schema.typed_dict_field(core_schema.str_schema(min_length=1, strip_whitespace=True), required=False)
                   for key in Absence.KINDS}
        reason = core_schema.typed_dict_schema(reasons, strict=True, extra_behavior="forbid")
        choices.append((core_schema.no_info_after_validator_function(_absence, reason), _ABSENCE))
    choices.append((_schema(value), _VALUE))
    return core_schema.union_schema(choices, mode="left_to_right")


def _absence(said: dict[str, str]) -> Absence:
    if len(said) != 1:
        raise Misfit("wrong-type", "only one of none, unknown and missed can be said of one thing", "keep the one that is true, with its reason")
    ((kind, why),) = said.items()
    return Absence(kind, why)


def _node_schema(kind: type[Node]) -> CoreSchema:
    fields = {}
    for key, annotation in kind.fields().items():
        name = key if key in kind.__annotations__ else f"{key}_"
        default = getattr(kind, name, None)
        parts = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
        schema = _schema(annotation) if types.NoneType in parts else _union_schema((*parts, types.NoneType), default)
        fields[name] = core_schema.model_field(core_schema.with_default_schema(schema, default=default), validation_alias=key)
    schema = core_schema.model_schema(kind, core_schema.model_fields_schema(fields, extra_behavior="forbid"))
    if kind.shorthand is None:
        return schema
    key = kind.shorthand
    if not takes_about(kind.fields()[key]):
        return core_schema.no_info_before_validator_function(lambda value: {key: value} if value.__class__ is str else value, schema)
    return core_schema.no_info_before_validator_function(
        lambda value: {key: value} if value.__class__ is str or (value.__class__ is dict and value.keys() == {"about"}) else value, schema)


def takes_about(annotation: Any) -> bool:
    """Whether a value of this kind may be written as `{about: …}`."""
    return any("about" in choice.get("properties", ()) for choice in getattr(_present(annotation), "schema", {}).get("anyOf", ()))


# From pydantic-core's errors to faults ------------------------------------------------------------------------------


def _faults(error: ValidationError, kind: type[Node]) -> list[Fault]:
    errors = error.errors(include_url=False)
    meant_as_absence = set()
    for item in errors:
        loc = item["loc"]
        if _ABSENCE in loc:
            at = loc.index(_ABSENCE)
            if any(step in Absence.KINDS or _misspelt_reason(item) for step in loc[at + 1:at + 2]) or (item["type"] == "value_error" and item["input"]):
                meant_as_absence.add(loc[:at])
    faults: list[Fault] = []
    for item in errors:
        loc = item["loc"]
        labels = [n for n, step in enumerate(loc) if step in (_NULL, _ABSENCE, _VALUE)]
        if any(loc[n] == _NULL or (loc[n] == _ABSENCE) != (loc[:n] in meant_as_absence) for n in labels):
            continue
        path: Path = tuple(step for step in loc if step not in (_NULL, _ABSENCE, _VALUE))
        if path:  # else a key that equals a label: no front matter has one, and `read` answers for the whole
            faults.append(_fault(item, path, kind, guess=len(faults) < _GUESSES))
    return faults


def _misspelt_reason(item: Any) -> str | None:
    """What of none, unknown and missed the key that did not fit was meant to be."""
    return closest(str(item["loc"][-1]), list(Absence.KINDS)) if item["type"] == "extra_forbidden" else None


def describe(value: Any) -> str:
    """What the author wrote, for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = str(value)
    return f"`{text}`" if len(text) <= 60 and "\n" not in text else f"`{text[:57].splitlines()[0]}…`"


_NOTHING = frozenset(("n/a", "na", "-", "no", "nothing", "keine", "entfällt"))
"""How people write that there is nothing."""
_GUESSES = 100
"""For how many faults of one file the nearest valid value is looked for; whoever has more has not mistyped a word."""


def _fault(item: Any, path: Path, kind: type[Node], *, guess: bool) -> Fault:
    hint: str | None
    value, name = item["input"], next((step for step in reversed(path) if isinstance(step, str)), "this")
    match item["type"]:
        case "value_error":
            misfit = item["ctx"]["error"]
            if isinstance(value, Mapping) and value.keys() in ({"about"}, {"by"}):
                path = (*path, *value)
            return Fault(path, misfit.message, misfit.help, misfit.rule)
        case "extra_forbidden":
            known = list(Absence.KINDS if _ABSENCE in item["loc"] else _node_at(kind, path[:-1]).fields())
            near = closest(str(path[-1]), known) if guess else None
            hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}" + (
                "; a site's own keys go under `extra`" if len(path) == 1 else "")
            return Fault(path, f"`{path[-1]}` is not a key{_part(path[:-1])}", hint, "unknown-key", (*path[:-1], near) if near else ())
        case "enum":
            allowed = [member.strip("' ") for member in item["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            near = nearest(str(value), allowed) if guess else None
            fact = f"`{name}` takes one of its values, not {describe(value)}" if isinstance(value, (Mapping, list)) else f"{describe(value)} is not a value of `{name}`"
            return Fault(path, fact,
                         " ".join(filter(None, [near, f"one of: {', '.join(allowed)}"])), "unknown-value")
        case "string_too_short":
            return Fault(path, f"`{name}` is an empty text", "write it, or leave the key out", "wrong-type")
        case "string_pattern_mismatch":
            return Fault(path, f"{describe(value)} can't be a name that others refer to",
                         "use letters, digits, dots, hyphens and underscores, without spaces", "wrong-type")
        case "tuple_type" | "model_type" | "dict_type" if isinstance(value, str) and value in Absence.KINDS:
            return Fault(path, f"`{name}: {value}` does not say why", f"write `{name}: {{{value}: why}}`, with the reason in a sentence", "wrong-type")
        case "tuple_type" if isinstance(value, str) and value.lower() in _NOTHING:
            return Fault(path, f"`{name}: {value}` does not say why", f"write `{name}: {{none: why}}`, with the reason in a sentence", "wrong-type")
        case "tuple_type":
            hint = f"begin each entry with `- `, below `{name}:`" if value.__class__ is str else "begin each entry with `- `"
            return Fault(path, f"`{name}` takes a list, not {describe(value)}", hint, "wrong-type")
        case "model_type" | "model_attributes_type" | "dict_type":
            node = _node_at(kind, path)
            if node is Node:
                hint = f"write each as a line `key: value` below `{name}:`"
            elif isinstance(path[-1], int):
                hint = f"write each entry as `- {{{': …, '.join(node.fields())}: …}}`, with the keys that it needs"
            else:
                hint = f"known here: {', '.join(node.fields())}"
            return Fault(path, f"`{name}` takes keys with values, not {describe(value)}", hint, "wrong-type")
        case "string_type" if isinstance(path[-1], int) and value is None:
            return Fault(path, f"an entry of `{name}` is empty", "write it, or leave the entry out", "wrong-type")
        case "string_type":
            hint = "write one text; a list or keys stand only where they are asked for"
            if value is None:
                hint = "write it, or leave the key out"
            elif isinstance(value, Mapping):
                hint = "write the name alone, without a key" if _kind_at(kind, path) in (Id, Team) else "put the text in quotes, or write it below `>-`"
            return Fault(path, f"`{name}` takes one text, not {describe(value)}", hint, "wrong-type")
        case _:
            return Fault(path, f"`{name}` can't be {describe(value)}", None, "wrong-type")


def _part(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return f" of `{'.'.join(names)}`" if names else " that is known here"


def _kind_at(kind: Any, path: Path) -> Any:
    """The kind that the value at `path` is read into; `Node` itself where nothing says."""
    for step in path:
        if isinstance(step, int):
            kind = get_args(kind)[0] if get_origin(kind) is tuple else Node
        else:
            kind = kind.fields().get(step, Node) if isinstance(kind, type) and issubclass(kind, Node) else Node
        kind = _present(kind)
    return kind


def _node_at(kind: Any, path: Path) -> type[Node]:
    """The node type that the value at `path` is read into, or `Node` itself where it is none."""
    found = _kind_at(kind, path)
    return found if isinstance(found, type) and issubclass(found, Node) else Node


def _present(kind: Any) -> Any:
    """`X` of `X | Absence | None`."""
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    return next(part for part in get_args(kind) if part not in (Absence, types.NoneType))


def nearest(word: str, known: list[str]) -> str | None:
    """`did you mean …?` with the nearest of `known`, or None where nothing is near."""
    near = closest(word, known)
    return f"did you mean `{near}`?" if near else None


def closest(word: str, known: list[str]) -> str | None:
    """The nearest of `known`, or None where nothing is near."""
    from difflib import get_close_matches  # only a faulty record needs it

    plain = {k.lower().replace("_", "").replace("-", ""): k for k in known}
    close = get_close_matches(word.lower().replace("_", "").replace("-", "").replace(" ", ""), plain, n=1, cutoff=0.76)
    return plain[close[0]] if close else None


def without(values: Mapping[str, Any], paths: Iterable[Any]) -> dict[str, Any]:
    """A copy of the values, with those at `paths` taken out."""
    left = deepcopy(dict(values))
    for path in paths:
        _prune(left, path)
    return left


def _prune(values: Any, path: Any) -> None:
    """Take the faulty value out: its key, and the part around it if nothing is left there, unless that is an entry of a list; a list with a
    faulty entry whole.
    """
    *around, last = path
    here = values
    for step in around:
        try:
            here = here[step]
        except (LookupError, TypeError):
            if len(around) > 1 or here is not values:
                _prune(values, around)  # a part around it is out already, or stands there in its short form
            return
    if here.__class__ is dict:
        here.pop(last, None)
    stays = here.__class__ is dict and (here or (around and isinstance(around[-1], int)))
    if around and (not stays or isinstance(last, int)):
        _prune(values, around)  # an index into a dict: one entry stands there in place of the list
