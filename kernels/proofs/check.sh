#!/bin/sh
# Has Gappa prove the rounding errors of `kernels/src/elementary.rs`, and Sollya check what its polynomials leave out.
# Exit code 0: everything was proved; 1: something was not; 3: Gappa or Sollya is not installed.
set -u
cd "$(dirname "$0")"
command -v gappa >/dev/null && command -v sollya >/dev/null || {
  echo "proofs: not run: gappa and sollya are not both installed (apt-get install gappa sollya)"
  exit 3
}
status=0
for script in *.g; do
  # exit code 0 means that the goals of the script were proved
  if gappa "$script" >/tmp/gappa.$$ 2>&1; then
    echo "gappa: $script: proved"
  else
    cat /tmp/gappa.$$
    echo "gappa: $script: not proved"
    status=1
  fi
done
rm -f /tmp/gappa.$$
sollya cut.sollya >/tmp/sollya.$$ 2>&1
for name in log_series exp_series log_slope ln2_parts; do
  if grep -qx "$name: yes" /tmp/sollya.$$; then
    echo "sollya: $name: confirmed"
  else
    cat /tmp/sollya.$$
    echo "sollya: $name: not confirmed"
    status=1
  fi
done
rm -f /tmp/sollya.$$
exit $status
