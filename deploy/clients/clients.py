"""What Python's clients of PostgreSQL see of the sample, each against what psql was told."""

import os
import sys

import pandas
import psycopg
import psycopg2
import sqlalchemy

SECRET = os.environ["PGPASSWORD"]
HOST, PORT = os.environ["PGHOST"], os.environ["PGPORT"]
EXPECTED = [tuple(line.split(",")) for line in sys.argv[1].splitlines()]
QUERY = "SELECT team, season, wins FROM standings_v1.standings WHERE season = %s ORDER BY wins DESC, team LIMIT 3"
ROWS = int(sys.argv[2])


def same(what, rows):
    found = [tuple(str(value) for value in row) for row in rows]
    if found != EXPECTED:
        sys.exit(f"{what}: expected {EXPECTED}, but was {found}")
    print(f"{what}: right")


with psycopg.connect(host=HOST, port=PORT, user="token", password=SECRET, dbname="scorebook") as connection:
    same("psycopg 3, text", connection.execute(QUERY, (2018,)).fetchall())
    same("psycopg 3, binary", connection.execute(QUERY, (2018,), binary=True).fetchall())
    copy = "COPY (" + QUERY.replace("%s", "2018") + ") TO STDOUT (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        rows.set_types(["text", "int8", "int8"])
        same("psycopg 3, COPY in binary", list(rows.rows()))
    with connection.cursor(name="long") as cursor:
        cursor.itersize = 10_000
        cursor.execute("SELECT game_id, player_id FROM player_games_v1.player_games")
        count = sum(1 for _ in cursor)
        if count != ROWS:
            sys.exit(f"psycopg 3, cursor: expected {ROWS} rows, but was {count}")
        print("psycopg 3, cursor: right")

with psycopg2.connect(host=HOST, port=PORT, user="token", password=SECRET, dbname="scorebook") as connection:
    cursor = connection.cursor()
    cursor.execute(QUERY, (2018,))
    same("psycopg 2", cursor.fetchall())

engine = sqlalchemy.create_engine(
    sqlalchemy.engine.URL.create("postgresql+psycopg2", "token", SECRET, HOST, int(PORT), "scorebook"))
inspector = sqlalchemy.inspect(engine)
columns = {column["name"]: column for column in inspector.get_columns("standings", schema="standings_v1")}
if str(columns["wins"]["type"]) != "BIGINT" or "won" not in columns["wins"]["comment"]:
    sys.exit(f"SQLAlchemy: the column wins is {columns['wins']}")
table = sqlalchemy.Table("standings", sqlalchemy.MetaData(), schema="standings_v1", autoload_with=engine)
question = (
    sqlalchemy.select(table.c.team, table.c.season, table.c.wins)
    .where(table.c.season == 2018)
    .order_by(table.c.wins.desc(), table.c.team)
    .limit(3)
)
with engine.connect() as connection:
    same("SQLAlchemy, by reflection", connection.execute(question).fetchall())
    same("pandas", pandas.read_sql(question, connection).itertuples(index=False))
