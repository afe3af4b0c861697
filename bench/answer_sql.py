"""Answers SQL by DuckDB: a statement in JSON on each line that comes in, its rows as JSON on each line that goes out."""

import json
import sys

import duckdb

connection = duckdb.connect()
for line in sys.stdin:
    result = connection.execute(json.loads(line))
    rows = result.fetchall() if result.description else []
    print(json.dumps(rows, default=str), flush=True)
