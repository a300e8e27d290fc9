"""Reads what `boundproof export smt2 --dialect dreal` writes: the one source from which every peer's input is made.

Terms are nested tuples ("+", a, b), ("exp", a), ("^", a, b); variables are strings, numbers are Fractions.
Formulas are (relation, a, b), ("not", f), ("and", f, ...), ("or", f, ...).
"""
from dataclasses import dataclass, field
from fractions import Fraction
import re

RELATIONS = {"<=", "<", "=", ">=", ">"}
NEGATED = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}


class NotExpressible(Exception):
    """A peer has no way to say the problem."""


@dataclass
class Problem:
    """A claim as hypotheses and conclusions, and a box if the hypotheses say one."""

    variables: dict = field(default_factory=dict)  # name -> sort
    hypotheses: list = field(default_factory=list)
    sides: list = field(default_factory=list)
    conclusions: list = field(default_factory=list)

    def bounds(self, name):
        """The ends of the variable's range, None where there is none."""
        low = [h[1] for h in self.hypotheses if h[0] in ("<=", "<") and is_number(h[1]) and h[2] == name]
        high = [h[2] for h in self.hypotheses if h[0] in ("<=", "<") and h[1] == name and is_number(h[2])]
        return max(low, default=None), min(high, default=None)

    def box(self):
        """The ends of every variable's range; refuses an unbounded one."""
        box = {name: self.bounds(name) for name in self.variables}
        for name, (low, high) in box.items():
            if low is None or high is None:
                raise NotExpressible(f"{name} is unbounded")
        return box

    def constraints(self):
        """The hypotheses that are not ends of ranges."""
        def is_end(h):
            return h[0] in ("<=", "<") and any(is_number(a) and isinstance(b, str) for a, b in (h[1:], h[:0:-1]))
        return [h for h in self.hypotheses if not is_end(h)]


def is_number(term):
    return isinstance(term, Fraction)


def tokens(text):
    return re.findall(r"\(|\)|\|[^|]*\||[^\s()]+", re.sub(r";[^\n]*", "", text))


def expressions(text):
    """All s-expressions of a text, as nested lists of strings."""
    stack = [[]]
    for token in tokens(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(token)
    return stack[0]


def number(atom):
    """The exact value of a numeral or decimal, or None."""
    return Fraction(atom) if re.fullmatch(r"\d+(\.\d+)?", atom) else None


def term(expression):
    if isinstance(expression, str):
        value = number(expression)
        return expression if value is None else value
    head, *arguments = expression
    arguments = [term(argument) for argument in arguments]
    numbers = all(is_number(argument) for argument in arguments)
    if head == "-" and len(arguments) == 1:
        return -arguments[0] if numbers else ("neg", arguments[0])
    if head == "/" and numbers and arguments[1] != 0:
        return arguments[0] / arguments[1]
    return (head, *arguments)


def formula(expression):
    head, *arguments = expression
    if head in RELATIONS:
        return (head, *(term(argument) for argument in arguments))
    inner = tuple(formula(argument) for argument in arguments)
    if head == "not" and inner[0][0] in NEGATED:
        relation, a, b = inner[0]
        return (NEGATED[relation], a, b)
    return (head, *inner)


def read(text):
    """The problem in a script; headings in comments say what each assertion is."""
    problem = Problem()
    for block in re.split(r"^; (?=hypotheses|side conditions|a conclusion fails)", text, flags=re.M):
        heading = block.split("\n", 1)[0]
        for expression in expressions(block if heading.startswith(";") else block.partition("\n")[2]):
            if expression[0] == "declare-fun":
                problem.variables[expression[1]] = expression[3]
            elif expression[0] == "assert" and heading == "hypotheses":
                problem.hypotheses.append(formula(expression[1]))
            elif expression[0] == "assert" and heading == "side conditions":
                problem.sides.append(formula(expression[1]))
            elif expression[0] == "assert":
                problem.conclusions = conclusions(expression[1])
    return problem


def conclusions(expression):
    """The conclusions, each (relation, a, b), of `(not C)` or `(not (and C ...))`."""
    negated = expression[1]
    parts = negated[1:] if negated[0] == "and" else [negated]
    return [formula(part) for part in parts]


def operations(item):
    """The operations of a term or formula."""
    if isinstance(item, tuple):
        yield item[0]
        for part in item[1:]:
            yield from operations(part)


def mentioned(item):
    """The variables of a term or formula."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, tuple):
        for part in item[1:]:
            yield from mentioned(part)
