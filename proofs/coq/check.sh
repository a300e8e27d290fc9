#!/bin/sh
# Compiles the Coq development into a build directory and compares the axioms that it rests on with AXIOMS.
#   proofs/coq/check.sh [BUILD]       BUILD is target/coq unless named
#   UPDATE_AXIOMS=1 proofs/coq/check.sh   writes AXIOMS
# Needs Coq 8.16 with Coquelicot and coq-interval: apt-get install coq libcoq-interval
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../../target/coq}
mkdir -p "$build"
cd "$build"

for file in "$here"/*.v; do
  name=$(basename "$file")
  cmp -s "$file" "$name" || cp "$file" "$name"
done
if grep -nE '\b(Admitted|admit|Axiom|Axioms|Parameter|Parameters|Conjecture|Abort)\b' "$here"/*.v; then
  echo "a proof is missing" >&2
  exit 1
fi
cmp -s "$here/_CoqProject" _CoqProject || cp "$here/_CoqProject" _CoqProject
[ -f Makefile ] && [ Makefile -nt _CoqProject ] || coq_makefile -f _CoqProject -o Makefile >/dev/null
make -s -j2 >make.log 2>&1 || { cat make.log >&2; exit 1; }

# one tuple of all that is proved, so that Coq goes through the proofs once
modules=$(grep -E '^[a-z_]+\.v$' _CoqProject | sed 's/\.v$//')
{
  for module in $modules; do echo "From Boundproof Require $module."; done
  printf 'Definition everything :=\n  (tt'
  for module in $modules; do
    grep -oE '^ *(Theorem|Lemma) [A-Za-z_0-9]+' "$module.v" | awk -v m="$module" '{ printf ",\n   @%s.%s", m, $2 }'
  done
  printf ').\nPrint Assumptions everything.\n'
} >everything.v
coqc -Q . Boundproof -w none everything.v >assumptions.log
grep -oE '^[A-Za-z_][A-Za-z_0-9.]*' assumptions.log | grep -v '^Axioms$' | LC_ALL=C sort -u >axioms.found
if [ -n "${UPDATE_AXIOMS:-}" ]; then cp axioms.found "$here/AXIOMS"; fi
diff -u "$here/AXIOMS" axioms.found || { echo "the axioms differ from proofs/coq/AXIOMS" >&2; exit 1; }
echo "proofs/coq: $(grep -c '^   @' everything.v) theorems and lemmas accepted, $(wc -l <axioms.found) axioms as listed"
