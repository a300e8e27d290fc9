#!/usr/bin/env bash
# The peer bench: installs what registries have, then runs boundproof and its peers. README.md says what is compared.
#
#   benches/peers/run.sh [--time-limit SECS] [--clock wall|cpu] [--only z3,codac] [--no-install] [PROBLEMS ...]
#
# PROBLEMS are specifications, directories of them or a problems.json; the default is the public set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${BOUNDPROOF_PEERS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/boundproof-peers}
out=${BOUNDPROOF_PEERS_OUT:-$root/target/peers}

install=yes problems=() options=()
while [ $# -gt 0 ]; do
  case $1 in
    --no-install) install=no ;;
    --time-limit | --clock | --only) options+=("$1" "${2:?"$1 needs a value"}"); shift ;;
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "error: unknown option $1" >&2; exit 2 ;;
    *) problems+=("$1") ;;
  esac
  shift
done
if [ ${#problems[@]} -eq 0 ]; then
  for set in "$root/specs/problems"; do
    if [ -d "$set" ]; then problems=("$set"); break; fi
  done
fi

if [ "$install" = yes ]; then "$here/install.sh" "$cache"; fi
if [ ! -x "$cache/venv/bin/python" ]; then
  echo "error: $cache/venv is not there; run without --no-install" >&2
  exit 2
fi
cargo build --release --quiet --manifest-path "$root/Cargo.toml" -p boundproof
# IBEX, for dReal: README.md
export LD_LIBRARY_PATH="$cache/libibex${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" BOUNDPROOF_PEERS_DREAL_PYTHON="$cache/dreal/bin/python"
export PYTHONDONTWRITEBYTECODE=1 BOUNDPROOF_PEERS_PYTHON="$cache/venv/bin/python" BOUNDPROOF_PEERS_Z3="$cache/venv/bin/z3"
exec "$cache/venv/bin/python" "$here/bench.py" --boundproof "$root/target/release/boundproof" --out "$out" \
  ${options[@]+"${options[@]}"} ${problems[@]+"${problems[@]}"}
