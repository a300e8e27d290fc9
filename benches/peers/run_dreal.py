"""Asks dReal, by its Python package: prints `proved`, `refuted x=1/2 ...` (candidates, one a line) or `unknown`.

The package takes constants as doubles. A constant that is none becomes a variable between the two doubles around it, so
that "unsat" still is about the exact one.
"""
from fractions import Fraction
import math
import sys

import dreal

from smtlib import read

PRECISION = 1e-6
UNARY = {"exp", "log", "sqrt", "sin", "cos", "atan", "sinh", "cosh", "tanh"}
RELATIONS = {
    "<=": lambda a, b: a <= b, "<": lambda a, b: a < b, "=": lambda a, b: a == b, ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


class Writer:
    def __init__(self, problem):
        sorts = {"Int": dreal.Variable.Int, "Real": dreal.Variable.Real}
        self.variables = {name: dreal.Variable(name, sorts[sort]) for name, sort in problem.variables.items()}
        self.ranges = []
        self.constants = {}

    def constant(self, value):
        near = float(value)
        if Fraction(near) == value:
            return dreal.Expression(near)
        if value not in self.constants:
            variable = self.constants[value] = dreal.Variable(f"constant{len(self.constants)}")
            self.ranges += [variable >= math.nextafter(near, -math.inf), variable <= math.nextafter(near, math.inf)]
        return dreal.Expression(self.constants[value])

    def term(self, item):
        if isinstance(item, Fraction):
            return self.constant(item)
        if isinstance(item, str):
            return dreal.Expression(self.variables[item])
        head, *arguments = item
        if head == "^" and isinstance(arguments[1], Fraction) and arguments[1].denominator == 1:
            return dreal.pow(self.term(arguments[0]), dreal.Expression(float(arguments[1])))
        a, *rest = [self.term(argument) for argument in arguments]
        if head == "neg":
            return -a
        if head == "abs":
            return dreal.Max(a, -a)
        if head in UNARY:
            return getattr(dreal, head)(a)
        b = rest[0]
        return {
            "+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b, "^": lambda: dreal.pow(a, b),
            "min": lambda: dreal.Min(a, b), "max": lambda: dreal.Max(a, b),
        }[head]()

    def formula(self, item):
        head, *parts = item
        if head in RELATIONS:
            return RELATIONS[head](*(self.term(part) for part in parts))
        inner = [self.formula(part) for part in parts]
        return {"not": lambda: dreal.Not(inner[0]), "and": lambda: dreal.And(*inner), "or": lambda: dreal.Or(*inner)}[head]()


def clamped(problem, name, value):
    low, high = problem.bounds(name)
    value = value if low is None else max(low, value)
    return value if high is None else min(high, value)


def main():
    problem = read(open(sys.argv[1]).read())
    writer = Writer(problem)
    asked = [writer.formula(h) for h in problem.hypotheses + problem.sides]
    conclusions = [writer.formula(c) for c in problem.conclusions]
    asked.append(dreal.Not(conclusions[0] if len(conclusions) == 1 else dreal.And(*conclusions)))
    box = dreal.CheckSatisfiability(dreal.And(*writer.ranges, *asked), PRECISION)
    if box is None:
        print("proved")
        return
    for where in (lambda i: i.mid(), lambda i: i.lb(), lambda i: i.ub()):
        values = {name: Fraction(where(box[variable])) for name, variable in writer.variables.items()}
        print("refuted", *(f"{name}={clamped(problem, name, value)}" for name, value in values.items()))


main()
