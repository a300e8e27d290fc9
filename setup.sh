#!/bin/sh
# Looks for what the build needs, installs what is missing if it may, and else says exactly what to type.
# Needs: cargo, a C compiler, make. Uses m4 where it is there (GMP is then faster); never asks for it alone.
# Changes nothing when nothing is missing. `sh setup.sh --check` only looks.
set -u

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

case "$(pwd)" in
*[[:space:]]*)
  say "This directory's path has a space in it: $(pwd)"
  say "GMP does not build in such a place. Move the directory and try again."
  exit 1
  ;;
esac

if ! have cargo; then
  if [ -x "$HOME/.cargo/bin/cargo" ]; then
    say "cargo is in $HOME/.cargo/bin, which is not on your PATH. Type:"
    say "  . \"\$HOME/.cargo/env\""
  else
    say "cargo is missing. Install Rust (https://rustup.rs) with:"
    say "  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y && . \"\$HOME/.cargo/env\""
  fi
  exit 1
fi

missing=""
have cc || missing="$missing cc"
have make || missing="$missing make"
# GMP's own build compares files
have cmp || missing="$missing cmp"
[ -z "$missing" ] && exit 0

say "missing:$missing"
if have apt-get; then
  update="apt-get update -qq"
  install="apt-get install -y -qq gcc libc6-dev make m4 diffutils"
elif have dnf; then
  update=""
  install="dnf install -y -q gcc glibc-devel make m4 diffutils"
elif have apk; then
  update=""
  install="apk add -q build-base m4 diffutils"
elif have pacman; then
  update=""
  install="pacman -S --needed --noconfirm base-devel"
elif have xcode-select; then
  update=""
  install="xcode-select --install"
elif have brew; then
  update=""
  install="brew install gcc make m4"
else
  say "Install a C compiler (as \`cc\`), make and diffutils with your system's packages, then try again."
  exit 1
fi

# brew and xcode-select refuse to run as root and need no help
case "$install" in
brew* | xcode-select*) as_root="" ;;
*)
  if [ "$(id -u)" -eq 0 ]; then
    as_root=""
  elif have sudo && sudo -n true 2>/dev/null; then
    as_root="sudo"
  else
    as_root="no"
  fi
  ;;
esac

if [ "${1:-}" = "--check" ] || [ "$as_root" = "no" ]; then
  say "To install what is missing, type:"
  say "  sudo sh -c '${update:+$update && }$install'"
  exit 1
fi

say "installing: $as_root $install"
# unquoted: these are commands with arguments
if [ -n "$update" ]; then $as_root $update; fi
$as_root $install
for program in cc make cmp; do
  if ! have "$program"; then
    say "$program is still missing. Install it and try again."
    exit 1
  fi
done
