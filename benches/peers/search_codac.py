"""Branch and bound with codac's contractors: prints `proved`, `refuted x=1/2 ...` or `unknown`.

For each conclusion, the points at which it fails (not strictly, so that the set is closed) are contracted by forward and
backward propagation with a centred form; a box that becomes empty holds no violation.
"""
from fractions import Fraction
import math
import sys
from collections import deque

import codac
from codac import AnalyticFunction, CtcInverse, Interval, IntervalVector, VectorVar

from exact import violates
from smtlib import NotExpressible, read

SMALLEST = 1e-13
FUNCTIONS = {"exp", "log", "sqrt", "sin", "cos", "atan", "sinh", "cosh", "tanh", "abs"}


def constant(value):
    """The narrowest interval around a rational that two doubles make."""
    near = float(value)
    if Fraction(near) == value:
        return Interval(near)
    return Interval(math.nextafter(near, -math.inf), math.nextafter(near, math.inf))


def outward(low, high):
    return [constant(low).lb(), constant(high).ub()]


def expression(term, x, places):
    if isinstance(term, Fraction):
        return codac.const(constant(term)) if hasattr(codac, "const") else constant(term)
    if isinstance(term, str):
        return x[places[term]]
    head, *arguments = term
    if head == "^":
        return power(expression(arguments[0], x, places), arguments[1], x, places)
    values = [expression(argument, x, places) for argument in arguments]
    if head == "neg":
        return 0 - values[0]
    if head in ("+", "-", "*", "/"):
        a, b = values
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[head]()
    if head in ("min", "max") or head in FUNCTIONS:
        return getattr(codac, head)(*values)
    raise NotExpressible(head)


def power(base, exponent, x, places):
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        whole = int(exponent)
        return codac.sqr(base) if whole == 2 else codac.pow(base, whole)
    return codac.exp(expression(exponent, x, places) * codac.log(base))


def contractor(formula, x, places):
    """Contracts to where the relation holds."""
    relation, a, b = formula
    allowed = {"<=": Interval(-codac.oo, 0), "<": Interval(-codac.oo, 0), "=": Interval(0), ">=": Interval(0, codac.oo),
               ">": Interval(0, codac.oo)}[relation]
    difference = expression(("-", a, b), x, places)
    return CtcInverse(AnalyticFunction([x], difference), allowed)


def search(problem):
    names = list(problem.variables)
    places = {name: place for place, name in enumerate(names)}
    # a claim without variables is asked over one that does not occur
    x = VectorVar(max(1, len(names)))
    box = problem.box()
    start = [outward(*box[name]) for name in names] or [[0, 0]]
    constraints = [contractor(c, x, places) for c in problem.constraints() if c[0] in ("<=", "<", "=", ">=", ">")]
    proved = True
    for relation, a, b in problem.conclusions:
        fails = {"<=": ">", "<": ">="}.get(relation)
        if fails is None:
            raise NotExpressible(relation)
        outcome = decide(problem, names, constraints + [contractor((fails, a, b), x, places)], IntervalVector(start))
        if isinstance(outcome, dict):
            return outcome
        proved = proved and outcome
    return proved


def inside(problem, names, middle):
    """The rational point nearest to the middle that is in the domain."""
    box = problem.box()
    return {name: min(max(Fraction(value), box[name][0]), box[name][1]) for name, value in zip(names, middle)}


def decide(problem, names, contractors, box):
    """A violating point, or whether no box is left."""
    queue, tries = deque([box]), 0
    while queue:
        box = queue.popleft()
        before = None
        while not box.is_empty() and (before is None or before - volume(box) > 0.1 * before):
            before = volume(box)
            for each in contractors:
                box = each.contract(box)
                if box.is_empty():
                    break
        if box.is_empty():
            continue
        tries += 1
        if tries % 8 == 1:
            middle = [box[i].mid() for i in range(len(names))]
            point = inside(problem, names, middle)
            if violates(problem, point):
                return point
        place = box.max_diam_index()
        width = box[place].diam()
        if width < SMALLEST * max(1.0, abs(box[place].mid())):
            return False
        queue.extend(box.bisect(place))
    return True


def volume(box):
    return sum(box[i].diam() for i in range(box.size()))


def main():
    try:
        outcome = search(read(open(sys.argv[1]).read()))
    except NotExpressible as error:
        print("unknown:", error)
        return
    if isinstance(outcome, dict):
        print("refuted", *(f"{name}={value}" for name, value in outcome.items()))
    else:
        print("proved" if outcome else "unknown")


main()
