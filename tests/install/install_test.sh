#!/usr/bin/env bash
# Installs infoplane, moves the folder that came of it, and builds and runs the examples and a program of every public
# header with it, as projects outside the tree.
# usage: install_test.sh BUILD SOURCE
set -euo pipefail
build=$1
source=$2
if grep -q '^CMAKE_CXX_FLAGS:.*-fsanitize' "$build/CMakeCache.txt"; then
  echo "skipped: with sanitizers in the libraries, projects outside would need them too"
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

fail() {
  printf 'FAILED %s\n' "$*"
  exit 1
}

# built PROJECT: configures and builds it with the installed package, in a folder of its name here.
built() {
  local name
  name=$(basename "$1")
  cmake -S "$1" -B "$name" -G Ninja -DCMAKE_PREFIX_PATH="$folder/prefix" >"$name.log" 2>&1 &&
    cmake --build "$name" >>"$name.log" 2>&1 || { cat "$name.log"; fail "$1 does not build"; }
}

# holds FILE PATTERN: a line of the file matches.
holds() { grep -Eq -- "$2" "$1" || fail "no '$2' in: $(head -n 40 "$1")"; }

cmake --install "$build" --prefix "$folder/made" >/dev/null
mv made prefix
[ -z "$(grep -rl "$source" prefix/lib*/*/cmake prefix/lib*/cmake 2>/dev/null)" ] || fail "the package names the source's folder"

prefix/bin/infoplane --version >version
version=$(sed -n 's/^project(infoplane VERSION \([0-9.]*\) .*/\1/p' "$source/CMakeLists.txt")
holds version "^infoplane $version$"
for line in 'commit ([0-9a-f]{12}(-dirty)?|unknown)' 'LibTorch [0-9]+\.[0-9]+\.[0-9]+.*' 'BLAS .+' 'CPU capability [A-Z0-9]+' \
  'CUDA (none|[0-9.]+, [0-9]+ devices?)'; do
  holds version "^$line$"
done
prefix/bin/infoplane check prefix/share/infoplane/configs/*/*.yaml >checked
holds checked 'twelve_bit/tanh.yaml: ok'

cp -r "$source/examples" examples
built examples/1-estimate
1-estimate/estimate >estimated
# By hand: 50 bins of [-1, 1] tell sums of up to 3, 4, 5, 6, 7 and more apart, and the first bit; the label is one of the sum.
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
grep -qF "$expected" estimated || fail "no '$expected' in: $(cat estimated)"
holds estimated '^upper '

built examples/2-own-module
2-own-module/own_module describe model residual >described
holds described '^  width +\(whole number.*default 6\)'
run=$(2-own-module/own_module run examples/2-own-module/experiment.yaml 2>/dev/null)
holds "$run/information.csv" '^2,60,h1,binning,'
holds "$run/information.csv" '^2,60,h2,binning,'
[ -s "$run/figures/information_plane.svg" ] || fail "own_module drew no plane"
awk -F, '$2 == 60 && $3 == "test" && $5 < 0.9 { exit 1 }' "$run/training.csv" || fail "the residual network did not learn"

built examples/3-own-estimator
3-own-estimator/conformance >conformance || fail "$(cat conformance)"
holds conformance '^0 checks fail$'
run=$(3-own-estimator/own_estimator run examples/3-own-estimator/experiment.yaml 2>/dev/null)
holds "$run/information.csv" '^0,60,L1,sign_pattern,'
[ -s "$run/figures/information_plane.svg" ] || fail "own_estimator drew no plane"

mkdir -p sources/every
{
  (cd prefix/include && find infoplane -name '*.hpp' | sort | sed 's/.*/#include <&>/')
  echo 'int main() { return infoplane::experiments::catalogue().models.names().empty(); }'
} >sources/every/main.cpp
cat >sources/every/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.18)
project(every LANGUAGES CXX)
find_package(Torch REQUIRED)   # a project that has found it already
find_package(infoplane REQUIRED)
add_executable(every main.cpp)
target_link_libraries(every PRIVATE infoplane::experiments)
CMAKE

built sources/every
every/every || fail "every public header together"
echo "passed: installed, moved, 3 examples, every public header"
