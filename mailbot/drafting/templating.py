"""The templates of letters: the built-in ones, and those that the person wrote in place of them.

A template may say names, choose between texts (`if`) and go through a list (`for`); nothing else. So no template can
hang the daemon or fill its memory: its work is at most its length times the longest list, and there is nothing in the
language that calls, counts or multiplies. It is checked when it is loaded; what passes cannot fail later.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.drafting.data import table, template_sources
from mailbot.errors import Bug, ConfigError

SOURCE_CAP = 20_000  # characters of a template
RESULT_CAP = 20_000  # characters of what it makes
_FILTERS = frozenset({"lower", "upper", "trim", "length", "first", "last"})
_HARMLESS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare,
    nodes.Operand, nodes.CondExpr, nodes.Const,
)  # fmt: skip

_GUIDE = (
    "Templates of letters. Edit what you like; delete a file, and the built-in text holds again.",
    "",
    "Greeting, close and signature are added. A blank line parts paragraphs; other line ends are spaces; a line that",
    "begins with '- ' stays a line. {{ name }} puts in what is known.",
    "{% if name %} ... {% elif other %} ... {% else %}",
    "... {% endif %} chooses. {% for time in proposals %} ... {% endfor %} goes through a list. What is not known is",
    "empty: ask for it before you lean on it. thank_you.1 to thank_you.4 are four wordings of one letter, so that",
    "several interviewers get different ones. Whether all is well: mailbot letter --samples, mailbot status.",
)


class Templates:
    """Templates by file name ('check_in.1.txt')."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._environment = _sandbox(sources)

    def wordings(self, family: str) -> int:
        """How many wordings there are of a letter: thank_you.1.txt, thank_you.2.txt ..."""
        return sum(1 for name in self._sources if name.removesuffix(".txt").rpartition(".")[0] == family)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The template of that name ('check_in.1') with these values. Raises Bug where it grows beyond all measure."""
        pieces, size = [], 0
        for piece in self._environment.get_template(f"{name}.txt").generate(values):
            pieces.append(piece)
            size += len(piece)
            if size > RESULT_CAP:
                raise Bug(f"The template {name}.txt makes a letter of more than {RESULT_CAP} characters.")
        return "".join(pieces)


@cache
def builtin() -> Templates:
    """The templates as they are shipped."""
    return Templates(template_sources())


def with_own(own: Mapping[str, str], folder: str) -> Templates:
    """The built-in templates with the person's own in place of those of the same file name. `folder` is for messages.
    Raises ConfigError with every problem, each naming the template and the line."""
    problems = [f"{folder}/{line}" for name, text in sorted(own.items()) for line in _problems(name, text)]
    if problems:
        raise ConfigError((*problems, "Run: mailbot templates export, and see README.txt there."))
    return Templates({**template_sources(), **own})


def _sandbox(sources: Mapping[str, str]) -> Environment:
    return ImmutableSandboxedEnvironment(
        loader=DictLoader(dict(sources)), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=False,
    )  # fmt: skip


def _problems(name: str, text: str) -> Iterator[str]:
    """What is wrong with a template of the person's: 'check_in.1.txt:4: ...'."""
    if name not in template_sources():
        close = difflib.get_close_matches(name, template_sources(), n=1)
        yield f"{name}: there is no such template.{f' Did you mean {close[0]}?' if close else ''}"
        return
    if len(text) > SOURCE_CAP:
        yield f"{name}: is longer than {SOURCE_CAP} characters."
        return
    try:
        tree = _sandbox({}).parse(text)
        yield from (f"{name}:{line}: {said}" for line, said in _unfit(tree, names(name), {}))
    except TemplateSyntaxError as error:
        yield f"{name}:{error.lineno}: {error.message}"
    except RecursionError:
        yield f"{name}: is nested too deeply."


def names(template: str) -> dict[str, tuple[str, ...]]:
    """What a template (by file name) may call by name, and for a list of things with fields, those fields."""
    known = table("names.toml")
    family = template.partition(".")[0]
    kind = next((kind for kind, several in known["templates"].items() if family in several), family)
    found = (*known["all"], *known.get(kind, {}))
    return {name: tuple(known["lists"].get(name, ())) for name in found}


def guide() -> str:
    """What the person needs to know to write a template: a page for the folder."""
    known = table("names.toml")
    rows = [*_rows("In every template", known["all"])]
    kinds = (kind for kind in known if kind not in ("all", "lists", "templates"))
    rows += [row for kind in kinds for row in _rows(f"In {kind}", known[kind])]
    return "\n".join((*_GUIDE, *rows)) + "\n"


def _rows(title: str, several: Mapping[str, str]) -> Iterator[str]:
    yield f"\n{title}\n"
    yield from (f"  {name}: {about}" for name, about in several.items())


def _unfit(
    node: nodes.Node, known: Mapping[str, tuple[str, ...]], items: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    """Line and words for whatever a template may not do; `items` are the names of loops around it."""
    if isinstance(node, nodes.Name):
        if node.name not in known and node.name not in items:
            close = difflib.get_close_matches(node.name, known, n=1)
            yield node.lineno, f"there is no name '{node.name}'.{f' Did you mean {close[0]!r}?' if close else ''}"
    elif isinstance(node, nodes.For):
        yield from _unfit_loop(node, known, items)
        return
    elif isinstance(node, nodes.Getattr):
        fields = items.get(node.node.name, ()) if isinstance(node.node, nodes.Name) else ()
        if node.attr not in fields:
            yield node.lineno, f"there is no '.{node.attr}' here."
            return
    elif isinstance(node, nodes.Filter):
        if node.name not in _FILTERS or node.args or node.kwargs:
            yield node.lineno, f"the filter '{node.name}' is not for letters; known: {', '.join(sorted(_FILTERS))}."
            return
    elif not isinstance(node, _HARMLESS):
        what = type(node).__name__.lower()
        yield node.lineno, f"a template may use names, if and for; this is something else ({what})."
        return
    for child in node.iter_child_nodes():
        yield from _unfit(child, known, items)


def _unfit_loop(
    node: nodes.For, known: Mapping[str, tuple[str, ...]], items: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    """A loop goes through one of the lists, by one name, and stands in no other loop."""
    listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    if items or node.recursive or node.test or not isinstance(node.target, nodes.Name):
        yield node.lineno, "a loop stands alone: for NAME in LIST."
        return
    if listed not in table("names.toml")["lists"]:
        yield node.lineno, f"a loop goes through one of: {', '.join(table('names.toml')['lists'])}."
        return
    inside = {**items, node.target.name: known.get(listed, ())}
    for part in (*node.body, *node.else_):
        yield from _unfit(part, known, inside)
