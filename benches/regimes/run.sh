#!/usr/bin/env bash
# Theorem 3's bound by boundproof, by a plain f64 loop, and by Arb, MPFI, inari, python-flint and mpmath, in one run.
# Installs what it needs from PyPI and Debian where it may, and leaves out, with a word, what it cannot have.
#
#   benches/regimes/run.sh [--no-install]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${BOUNDPROOF_PEERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/boundproof-peers}
out=$root/target/regimes
mkdir -p "$out" "$cache"
rm -f "$out/arb" "$out/mpfi" "$out/inari" "$out/python_flint" "$out/mpmath_iv"

has() { echo "#include <$1>" | gcc -E - >/dev/null 2>&1; }

if [ "${1:-}" != --no-install ]; then
  needed=()
  command -v gcc >/dev/null || needed+=(gcc libc6-dev)
  has flint/arb.h || has arb.h || needed+=(libflint-dev libflint-arb-dev)
  has mpfi.h || needed+=(libmpfi-dev)
  if [ ${#needed[@]} -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "installing ${needed[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}"; } \
      >"$cache/apt.log" 2>&1 || echo "not installed: ${needed[*]}: see $cache/apt.log"
  fi
  [ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv" || true
  "$cache/venv/bin/python" -c 'import flint, mpmath' 2>/dev/null \
    || "$cache/venv/bin/python" -m pip install -q --disable-pip-version-check python-flint mpmath || true
fi

# FLINT 3 contains Arb; before, it is a library of its own (Debian calls it flint-arb)
for libraries in "-lflint" "-lflint-arb -lflint" "-larb -lflint"; do
  gcc -O2 -march=native "$here/peers/arb.c" -o "$out/arb" $libraries -lm 2>/dev/null && break
done
gcc -O2 -march=native "$here/peers/mpfi.c" -o "$out/mpfi" -lmpfi -lmpfr -lgmp 2>/dev/null || true
if RUSTFLAGS="-Ctarget-cpu=native" cargo build --release --quiet --manifest-path "$root/oracles/inari/Cargo.toml" \
  --example regimes --target-dir "$out/build-inari"; then
  cp "$out/build-inari/release/examples/regimes" "$out/inari"
fi
for pair in python_flint:flint mpmath_iv:mpmath; do
  if "$cache/venv/bin/python" -c "import ${pair#*:}" 2>/dev/null; then
    printf '#!/bin/sh\nexec "%s" "%s" %s "$@"\n' "$cache/venv/bin/python" "$here/peers/regimes.py" "${pair#*:}" >"$out/${pair%:*}"
    chmod +x "$out/${pair%:*}"
  fi
done

cd "$root"
cargo bench --quiet --bench regimes -- --peers "$out"
