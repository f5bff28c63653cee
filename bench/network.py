"""The other side of bench/network.ts: solves a matrix with scipy (Debian: python3-scipy).

    /usr/bin/python3 bench/network.py METHOD MATRIX ANSWER LIMIT

MATRIX holds little-endian doubles: size, count, then rows, columns and values of B, demand, costs. ANSWER gets the scaling vector.
Prints the CPU seconds from triplets to what each process contributes, as JSON: the mean over a second of them or one that takes longer,
because the clock is coarse. The system ends it after LIMIT CPU seconds.
"""

import json
import resource
import sys
import time

import numpy
from scipy.sparse import coo_matrix, identity
from scipy.sparse.linalg import splu, spsolve


def read(path):
    given = numpy.fromfile(path, dtype="<f8")
    size, count = int(given[0]), int(given[1])
    rows, columns, values = given[2 : 2 + 3 * count].reshape(3, count)
    demand, costs = given[2 + 3 * count :].reshape(2, size)
    return size, rows.astype(int), columns.astype(int), values, demand, costs


def series(needs, demand):
    """s = f + B f + B² f + …, until nothing is added: not a method of scipy's, but what is left where a factorization is too slow."""
    total, term = demand.copy(), demand
    for _ in range(10_000):
        term = needs @ term
        following = total + term
        if (following == total).all():
            return total
        total = following
    raise SystemExit("the series does not converge")


def answer(method, size, rows, columns, values, demand):
    needs = coo_matrix((values, (rows, columns)), shape=(size, size)).tocsc()
    if method == "series":
        return series(needs, demand)
    matrix = (identity(size, format="csc") - needs).tocsc()
    return spsolve(matrix, demand) if method == "spsolve" else splu(matrix).solve(demand)


def main():
    method, matrix, answered, limit = sys.argv[1:5]
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit)))
    size, rows, columns, values, demand, costs = read(matrix)
    rounds, started = 0, time.process_time()
    while rounds == 0 or time.process_time() < started + 1:
        runs = answer(method, size, rows, columns, values, demand)
        contributions = runs * costs
        contributions.sum()
        rounds += 1
    seconds = (time.process_time() - started) / rounds
    runs.astype("<f8").tofile(answered)
    print(json.dumps({"seconds": seconds}))


main()
