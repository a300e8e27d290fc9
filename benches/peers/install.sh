#!/usr/bin/env bash
# Installs the peers that registries have into a directory outside the repository, and says which are missing.
set -u
cache=${1:?"usage: install.sh DIRECTORY"}
mkdir -p "$cache"

[ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv" || exit 2
for package in python-flint z3-solver cvc5 codac; do
  "$cache/venv/bin/python" -m pip show -q "$package" 2>/dev/null && continue
  echo "installing $package"
  "$cache/venv/bin/python" -m pip install -q --disable-pip-version-check "$package" || echo "not installed: $package: pip failed"
done
# refutations are confirmed with it
"$cache/venv/bin/python" -c 'import flint' || { echo "error: python-flint is needed" >&2; exit 2; }

if [ ! -x "$cache/dreal/bin/python" ]; then
  for python in python3.10 python3.9 "$HOME"/.pyenv/versions/3.10.*/bin/python; do
    "$python" -c '' 2>/dev/null || continue
    echo "installing dreal for $python"
    { "$python" -m venv "$cache/dreal" && "$cache/dreal/bin/python" -m pip install -q --disable-pip-version-check dreal; } \
      || echo "not installed: dreal: pip failed"
    break
  done
fi

needed=()
command -v coqc >/dev/null || needed+=(coq libcoq-interval)
command -v gappa >/dev/null || needed+=(gappa)
command -v sollya >/dev/null || needed+=(sollya)
[ -x "$cache/dreal/bin/python" ] && ! ldconfig -p | grep -q libnlopt.so.0 && needed+=(libnlopt0 coinor-libclp1)
if [ ${#needed[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "installing ${needed[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}"; } \
      >"$cache/apt.log" 2>&1 || echo "not installed: ${needed[*]}: see $cache/apt.log"
  else
    echo "not installed: ${needed[*]}: this needs apt-get and root"
  fi
fi
exit 0
