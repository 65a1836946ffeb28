"""One forecast, its replicates spread over the workers of a Spark cluster.

    pip install pyspark
    python forecast_on_spark.py JAYWALK SHARDS FOLDER simulate INPUT --seeds a,b [OPTION...]

JAYWALK is the program, SHARDS the number of parts, FOLDER a place that every worker reaches (any
folder in local mode, a network folder on a cluster). Each worker runs one shard; the driver merges
the parts. What comes out is bit for bit what a single `jaywalk simulate` prints, however many
workers there are. Without a cluster Spark runs in local mode, on all cores; SPARK_MASTER names another.

The same with any other scheduler, one line per shard:

    parallel jaywalk simulate INPUT --seeds a,b --shard {}/8 --out parts/{} ::: $(seq 8)
    jaywalk merge-shards parts/*
"""

import os
import subprocess
import sys

from pyspark.sql import SparkSession


def run_shard(program, command, shard, shards, part):
    # The scheduler shares out the cores; each shard keeps to one.
    line = [program, *command, "--shard", f"{shard}/{shards}", "--out", part, "--threads", "1"]
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"shard {shard} of {shards}: {done.stderr.strip()}")
    return part


def main():
    program, shards, folder, *command = sys.argv[1:]
    shards = int(shards)
    as_json = "--json" in command
    os.makedirs(folder, exist_ok=True)
    master = os.environ.get("SPARK_MASTER", "local[*]")
    spark = SparkSession.builder.master(master).appName("jaywalk forecast").getOrCreate()
    try:
        jobs = spark.sparkContext.parallelize(range(1, shards + 1), shards)
        path = lambda shard: os.path.join(folder, f"part-{shard}.json")
        parts = jobs.map(lambda it: run_shard(program, command, it, shards, path(it))).collect()
    finally:
        spark.stop()
    merge = [program, "merge-shards", *parts] + (["--json"] if as_json else [])
    sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main()
