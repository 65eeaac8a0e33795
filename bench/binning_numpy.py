#!/usr/bin/python3
"""Binning of six layers with NumPy, on the samples of binning_bench.cpp.

As the published programs do it: digitize against shared edges, distinct rows by numpy.unique, for all samples and for those
of each label. Once with rows compared as rows (axis=0), once as opaque bytes, which is the faster idiom.
"""
import time

import numpy

SAMPLES, BINS = 4096, 50


def layer(units):
    i = numpy.arange(1.0, SAMPLES + 1)[:, None]
    return numpy.sin(i * numpy.sqrt(numpy.arange(units) + 2.0)[None, :]).astype(numpy.float32)


def counts_by_rows(rows):
    return numpy.unique(rows, axis=0, return_counts=True)[1]


def counts_by_bytes(rows):
    rows = numpy.ascontiguousarray(rows)
    return numpy.unique(rows.view(numpy.dtype((numpy.void, rows.itemsize * rows.shape[1]))), return_counts=True)[1]


def entropy_bits(counts):
    p = counts / counts.sum()
    return -numpy.sum(p * numpy.log2(p))


def information_bits(t, labels, counts):
    edges = numpy.linspace(-1, 1, BINS + 1)
    rows = numpy.digitize(t, edges[1:-1]).astype(numpy.uint8)
    h_t = entropy_bits(counts(rows))
    h_t_given_y = sum(numpy.mean(labels == y) * entropy_bits(counts(rows[labels == y])) for y in numpy.unique(labels))
    return numpy.array([h_t, h_t - h_t_given_y])


def main():
    layers = [layer(units) for units in (10, 8, 6, 4, 2, 1)]
    labels = numpy.arange(SAMPLES) % 2
    for counts in (counts_by_rows, counts_by_bytes):
        times = []
        for _ in range(20):
            start = time.perf_counter()
            i_xt, i_ty = sum(information_bits(t, labels, counts) for t in layers)
            times.append(time.perf_counter() - start)
        print(f"{counts.__name__}: {min(times) * 1e6:.0f} us, i_xt_bits={i_xt:.6f} i_ty_bits={i_ty:.6f}")


main()
