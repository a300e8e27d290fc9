"""Runs an SMT-LIB script with cvc5's Python package, which has no program of its own; prints what the solver answers."""
import sys

import cvc5


def main():
    solver = cvc5.Solver(cvc5.TermManager())
    parser = cvc5.InputParser(solver)
    parser.setFileInput(cvc5.InputLanguage.SMT_LIB_2_6, sys.argv[1])
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        answer = command.invoke(solver, symbols).strip()
        if answer:
            print(answer, flush=True)
        if answer in ("unsat", "unknown"):
            return


main()
