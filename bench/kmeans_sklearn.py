#!/usr/bin/python3
"""k-means for K = 1 .. 20, ten restarts each, with scikit-learn on the samples of kmeans_bench.cpp.

usage: kmeans_sklearn.py SAMPLES UNITS [K...]. Run with OMP_NUM_THREADS=1 for one core.
"""
import sys
import time

import numpy
from sklearn.cluster import KMeans


def samples(n, units):
    i, m = numpy.arange(n)[:, None], numpy.arange(units)[None, :]
    center = numpy.sin((i % 9 + 1) * numpy.sqrt(m + 3.0) * 7)
    return numpy.tanh(center + numpy.sin((i + 1) * numpy.sqrt(m + 2.0))).astype(numpy.float32)


def main():
    n, units = int(sys.argv[1]), int(sys.argv[2])
    t = samples(n, units)
    total = 0
    for k in [int(k) for k in sys.argv[3:]] or range(1, 21):
        start = time.perf_counter()
        sum_of_squares = KMeans(n_clusters=k, n_init=10, random_state=1).fit(t).inertia_
        total += time.perf_counter() - start
        print(f"K = {k}: sum {sum_of_squares:.6g}", flush=True)
    print(f"{n} x {units}: {total:.2f} s")


main()
