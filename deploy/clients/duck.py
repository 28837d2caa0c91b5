"""What DuckDB's reader of PostgreSQL sees of the sample: duck.py EXPECTED ROWS, the connection in PG*."""

import glob
import os
import sys

import duckdb

EXPECTED = [tuple(line.split(",")) for line in sys.argv[1].splitlines()]
ROWS = int(sys.argv[2])
(extension,) = glob.glob(sys.prefix + "/lib/python*/site-packages/duckdb_extension_postgres_scanner/**/*.duckdb_extension",
                         recursive=True)
connection = duckdb.connect()
connection.execute(f"LOAD '{extension}'")
connection.execute("ATTACH 'host={PGHOST} port={PGPORT} user=token dbname=scorebook password={PGPASSWORD}' AS s (TYPE postgres, READ_ONLY)"
                   .format(**os.environ))
wrong = []


def check(what, found, expected):
    print(f"DuckDB's postgres reader, {what}: {'right' if found == expected else 'wrong'}")
    if found != expected:
        wrong.append(what)
        print(f"  expected {expected}\n  but was  {found}", file=sys.stderr)


rows = connection.execute(
    "SELECT team, season, wins FROM s.standings_v1.standings WHERE season = 2018 ORDER BY wins DESC, team LIMIT 3").fetchall()
check("a filter", [tuple(str(value) for value in row) for row in rows], EXPECTED)
check("all rows", connection.execute("SELECT COUNT(*) FROM s.player_games_v1.player_games").fetchone(), (ROWS,))
rows = connection.execute(
    "SELECT * FROM postgres_query('s', 'SELECT team, season, AGGREGATE(wins) AS wins FROM basketball.team_games"
    " WHERE season = 2018 GROUP BY team, season ORDER BY wins DESC, team LIMIT 3')").fetchall()
check("a metric", [tuple(str(value) for value in row) for row in rows], EXPECTED)
sys.exit(1 if wrong else 0)
