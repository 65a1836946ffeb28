"""Seconds per replicate of the weighted cascade, by simulators from PyPI.

Usage: cascade.py EDGES SEEDS, where EDGES has a line "from to" per arc and SEEDS are numbers joined
by commas. Prints a line per simulator that is installed: name, seconds per replicate, mean adopters.
Making a model ready is not timed, as it is not for ours.
"""

import sys
import time

import networkx

arcs = [tuple(map(int, line.split())) for line in open(sys.argv[1])]
seeds = [int(it) for it in sys.argv[2].split(",")]
graph = networkx.DiGraph(arcs)


def told(name, replicates, run):
    start = time.perf_counter()
    adopters = [run() for _ in range(replicates)]
    seconds = (time.perf_counter() - start) / replicates
    print(name, seconds, sum(adopters) / replicates, flush=True)


def cynetdiff():
    from cynetdiff.utils import networkx_to_ic_model, set_activation_weighted_cascade

    set_activation_weighted_cascade(graph)
    model, number_of = networkx_to_ic_model(graph)
    model.set_seeds({number_of[it] for it in seeds})

    def run():
        model.reset_model()
        model.advance_until_completion()
        return model.get_num_activated_nodes()

    told("CyNetDiff", 200, run)


def ndlib():
    from ndlib.models.ModelConfig import Configuration
    from ndlib.models.epidemics import IndependentCascadesModel

    config = Configuration()
    config.add_model_initial_configuration("Infected", seeds)
    for one, other in graph.edges():
        config.add_edge_configuration("threshold", (one, other), 1.0 / graph.in_degree(other))

    def run():
        model = IndependentCascadesModel(graph)
        model.set_initial_status(config)
        # From here on a replicate is timed as a caller would run it.
        while True:
            counts = model.iteration()["node_count"]
            if counts[1] == 0:
                return counts[2]

    told("NDlib", 3, run)


for simulator in (cynetdiff, ndlib):
    try:
        simulator()
    except ImportError:
        pass
