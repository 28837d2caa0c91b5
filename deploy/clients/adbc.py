"""What ADBC for PostgreSQL sees of the sample, as Arrow: adbc.py EXPECTED ROWS, the connection in PG*."""

import os
import sys
import urllib.parse

import adbc_driver_postgresql.dbapi

EXPECTED = [tuple(line.split(",")) for line in sys.argv[1].splitlines()]
ROWS = int(sys.argv[2])
URI = "postgresql://token:{}@{}:{}/scorebook".format(
    urllib.parse.quote(os.environ["PGPASSWORD"], safe=""), os.environ["PGHOST"], os.environ["PGPORT"])
wrong = []


def check(what, found, expected):
    print(f"ADBC, {what}: {'right' if found == expected else 'wrong'}")
    if found != expected:
        wrong.append(what)
        print(f"  expected {expected}\n  but was  {found}", file=sys.stderr)


with adbc_driver_postgresql.dbapi.connect(URI, autocommit=True) as connection, connection.cursor() as cursor:
    query = "SELECT team, season, wins FROM standings_v1.standings WHERE season = {} ORDER BY wins DESC, team LIMIT 3"
    cursor.execute(query.format(2018))
    table = cursor.fetch_arrow_table()
    check("rows", [tuple(str(value) for value in row.values()) for row in table.to_pylist()], EXPECTED)
    check("types", [str(field.type) for field in table.schema], ["string", "int64", "int64"])
    cursor.execute(query.format("$1"), (2018,))
    check("parameters", [tuple(str(value) for value in row) for row in cursor.fetchall()], EXPECTED)
    cursor.execute("SELECT game_id, player_id FROM player_games_v1.player_games")
    check("all rows", cursor.fetch_arrow_table().num_rows, ROWS)
    schema = connection.adbc_get_table_schema("standings", db_schema_filter="standings_v1")
    check("a table's schema", [(field.name, str(field.type)) for field in schema][:4],
          [("team", "string"), ("season", "int64"), ("games", "int64"), ("wins", "int64")])
    objects = connection.adbc_get_objects(depth="tables", db_schema_filter="standings_v1").read_all().to_pylist()
    names = [table["table_name"] for catalog in objects for schema in catalog["catalog_db_schemas"] or []
             for table in schema["db_schema_tables"] or []]
    check("tables", [name for name in names if not name.endswith("key")], ["standings"])
sys.exit(1 if wrong else 0)
