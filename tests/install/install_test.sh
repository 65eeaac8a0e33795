#!/usr/bin/env bash
# Installs infoplane, runs the documentation pages that build separate projects with it, and checks their results;
# moves the installed folder and builds a program that includes all public headers.
# usage: install_test.sh BUILD SOURCE
set -euo pipefail
build=$1
source=$2
if grep -q '^CMAKE_CXX_FLAGS:.*-fsanitize' "$build/CMakeCache.txt"; then
  echo "skipped: with sanitizers in the libraries, projects outside would need them too"
  exit 77
fi
. "$source/tests/docs/pages.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export HOME=$folder

fail() {
  printf 'FAILED %s\n' "$*"
  exit 1
}

# holds FILE PATTERN: a line of the file matches.
holds() { grep -Eq -- "$2" "$1" || fail "no '$2' in: $(head -n 40 "$1")"; }

mkdir build
ln -s "$build" build/release
cp -r "$source/examples" examples
run_page "$source/docs/own-module.md" || fail "docs/own-module.md"
run_page "$source/docs/own-estimator.md" || fail "docs/own-estimator.md"

infoplane/bin/infoplane --version >version
version=$(sed -n 's/^project(infoplane VERSION \([0-9.]*\) .*/\1/p' "$source/CMakeLists.txt")
holds version "^infoplane $version$"
for line in 'commit ([0-9a-f]{12}(-dirty)?|unknown)' 'LibTorch [0-9]+\.[0-9]+\.[0-9]+.*' 'BLAS .+' 'CPU capability [A-Z0-9]+' \
  'CUDA (none|[0-9.]+, [0-9]+ devices?)' "configs $folder/infoplane/share/infoplane/configs" \
  "docs $folder/infoplane/share/doc/infoplane"; do
  holds version "^$line$"
done
infoplane/bin/infoplane check infoplane/share/infoplane/configs/*/*.yaml >checked
holds checked 'twelve_bit/tanh.yaml: ok'
for command in run check simulate; do  # its example, in a folder without configs
  example=$(infoplane/bin/infoplane $command --help | sed -n 's/^Example: infoplane [a-z]* \([^ ]*\).*/\1/p')
  infoplane/bin/infoplane check "$example" >checked || fail "the example of $command --help: $example"
  holds checked "^$example: ok$"
done
infoplane/bin/infoplane reproduce nothing 2>checked && fail "reproduce: an unknown study was accepted"
holds checked '^unknown study .nothing.; known: iris, one_layer, published, twelve_bit, wireless$'
holds infoplane/share/man/man1/infoplane.1 '^\.SH COMMANDS'
holds infoplane/share/bash-completion/completions/infoplane '^complete '
holds infoplane/share/zsh/site-functions/_infoplane '^#compdef infoplane$'

run=$(echo runs/residual/*)
holds "$run/information.csv" '^2,60,h1,binning,'
holds "$run/information.csv" '^2,60,h2,binning,'
[ -s "$run/figures/information_plane.svg" ] || fail "own_module drew no plane"
awk -F, '$2 == 60 && $3 == "test" && $5 < 0.9 { exit 1 }' "$run/training.csv" || fail "the residual network did not learn"
run=$(echo runs/signs/*)
holds "$run/information.csv" '^0,60,L1,sign_pattern,'
[ -s "$run/figures/information_plane.svg" ] || fail "own_estimator drew no plane"

# The installed program reads the runs of the projects' programs without their types.
for run in runs/residual runs/signs; do
  rm -r "$run"/*/figures
  infoplane/bin/infoplane figures "$run" >drawn
  holds drawn "^$run/[0-9TZ]*/figures/information_plane.svg$"
  [ -s "$(head -n 1 drawn)" ] || fail "infoplane figures $run: no picture"
  for command in show report "compare runs"; do infoplane/bin/infoplane $command "$run" >shown; done
  infoplane/bin/infoplane list "$run" >shown
  holds shown "^$run/[0-9TZ]* +finished "
  infoplane/bin/infoplane export "$run" --weights weights.safetensors
done

# By hand: 50 bins of [-1, 1] distinguish sums of up to 3, 4, 5, 6, 7 and more, and the first bit; the sum determines the label.
expected=$(awk 'function h(n, p) { p = n / 4096; return n ? -p * log(p) / log(2) : 0 }
  BEGIN {
    for (i = 0; i < 4096; ++i) {
      s = 0
      for (b = 0; b < 12; ++b) s += int(i / 2 ^ b) % 2
      ++words[(s < 3 ? 3 : s > 8 ? 8 : s) * 2 + i % 2]
      ++labels[s >= 6]
    }
    for (w in words) t += h(words[w])
    for (k in labels) y += h(labels[k])
    printf "I(X;T) %.3f of at most 11.288 bits, I(T;Y) %.3f of at most %.3f bits", t, y, y
  }')
build/estimate/estimate >estimated
grep -qF "$expected" estimated || fail "no '$expected' in: $(cat estimated)"

mv infoplane moved
# At the start of a path: a short path may be the end of another.
[ -z "$(grep -rlE "(^|[^A-Za-z0-9_./}-])($source|$folder)" moved --include='*.cmake')" ] || fail "the package names the folder where it was made"
mkdir every
{
  (cd moved/include && find infoplane -name '*.hpp' | sort | sed 's/.*/#include <&>/')
  echo 'int main() { return infoplane::experiments::catalogue().models.names().empty(); }'
} >every/main.cpp
cat >every/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.18)
project(every LANGUAGES CXX)
find_package(Torch REQUIRED)   # a project that has already found it
find_package(infoplane REQUIRED)
add_executable(every main.cpp)
target_link_libraries(every PRIVATE infoplane::experiments)
CMAKE
{
  cmake -S every -B build/every -G Ninja -DCMAKE_PREFIX_PATH="$folder/moved" && cmake --build build/every && build/every/every
} >every.log 2>&1 || { tail -n 30 every.log; fail "a program of every public header"; }
echo "passed: installed, 3 examples, moved, every public header"
