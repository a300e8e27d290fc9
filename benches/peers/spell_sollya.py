"""A claim in at most one variable as a computation in Sollya: prints `proved`, `refuted x=1/2` or `unknown`.

On each of some intervals, halved where that fails: with M >= sup |f|, |f - M/2| <= M/2 says that f >= 0, and `infnorm`
gives safe upper bounds of both norms. The middle of each interval is tried as a point at which f is negative.
"""
from fractions import Fraction

from smtlib import NotExpressible

FUNCTIONS = {"exp", "log", "sqrt", "sin", "cos", "atan", "sinh", "cosh", "tanh", "abs"}


def term(item):
    if isinstance(item, Fraction):
        return f"({item.numerator}/{item.denominator})" if item.denominator != 1 else f"({item.numerator})"
    if isinstance(item, str):
        return "_x_"
    if item == ("*", Fraction(4), ("atan", Fraction(1))):
        return "pi"
    head, *arguments = item
    a, *rest = [term(argument) for argument in arguments]
    if head == "neg":
        return f"(-{a})"
    if head in FUNCTIONS:
        return f"{head}({a})"
    if head in ("+", "-", "*", "/", "^"):
        return f"({a} {head} {rest[0]})"
    raise NotExpressible(f"Sollya has no {head}")


TEMPLATE = """prec = 200!;
f = {f};
procedure sure(I) {{
  var safe, c;
  safe = inf(evaluate(f, I)) {compare} 0;
  if (!safe && inf(I) < sup(I)) then {{
    c = sup(infnorm(f, I))/2;
    safe = sup(infnorm(f - c, I)) {within} c;
  }};
  return safe;
}};
procedure violated(p) {{
  return sup(evaluate(f, [p;p])) < 0;
}};
queue = [|[{low};{high}]|];
left = {most};
stuck = [||];
while (queue != [||] && left > 0) do {{
  I = head(queue);
  queue = tail(queue);
  left = left - 1;
  if (!sure(I)) then {{
    if (violated(mid(I))) then {{ stuck = [|mid(I)|]; left = 0; }}
    else queue = queue @ [|[inf(I);mid(I)], [mid(I);sup(I)]|];
  }};
}};
if (stuck != [||]) then {{ display = dyadic!; write("refuted {name}=", head(stuck), "\\n"); }}
else {{ if (queue == [||]) then print("proved") else print("unknown"); }};
quit;
"""

# how many intervals are tried
MOST = 3000


def script(problem):
    box = problem.box()
    if len(box) > 1 or len(problem.conclusions) != 1 or problem.constraints():
        raise NotExpressible("Sollya takes one conclusion in one variable without further hypotheses")
    relation, a, b = problem.conclusions[0]
    if relation not in ("<=", "<"):
        raise NotExpressible(f"this takes no goal with {relation}")
    [(name, (low, high))] = box.items() or [("nothing", (Fraction(0), Fraction(0)))]
    within, compare = ("<=", ">=") if relation == "<=" else ("<", ">")
    difference = term(("-", b, a))
    return TEMPLATE.format(f=difference, low=term(low), high=term(high), compare=compare, within=within, name=name, most=MOST)
