"""What ADBC for Flight SQL sees of the sample: adbc_flight.py URI SECRET EXPECTED ROWS."""

import datetime
import decimal
import sys

import adbc_driver_flightsql.dbapi
import adbc_driver_manager
import pyarrow

URI, SECRET = sys.argv[1:3]
EXPECTED = [tuple(line.split(",")) for line in sys.argv[3].splitlines()]
ROWS = int(sys.argv[4])
QUERY = "SELECT team, season, wins FROM standings_v1.standings WHERE season = {} ORDER BY wins DESC, team LIMIT 3"
wrong = []


def check(what, found, expected):
    print(f"ADBC for Flight SQL, {what}: {'right' if found == expected else 'wrong'}")
    if found != expected:
        wrong.append(what)
        print(f"  expected {expected}\n  but was  {found}", file=sys.stderr)


def texts(rows):
    return [tuple(str(value) for value in row) for row in rows]


def refusal(ask):
    """What is told of it: the message, and the SQLSTATE, which the driver hands on as a detail."""
    try:
        ask()
    except adbc_driver_manager.Error as refused:
        return f"{dict(refused.details).get(b'sqlstate', b'').decode()} {refused}"
    return "nothing was refused"


with adbc_driver_flightsql.dbapi.connect(
        URI, db_kwargs={"username": "token", "password": SECRET}, autocommit=True) as connection, connection.cursor() as cursor:
    cursor.execute(QUERY.format(2018))
    table = cursor.fetch_arrow_table()
    check("rows", texts(row.values() for row in table.to_pylist()), EXPECTED)
    check("types", [str(field.type) for field in table.schema], ["string", "int64", "int64"])
    for value in (2018, 2018.0, "2018", decimal.Decimal("2018")):
        cursor.execute(QUERY.format("?"), [value])
        check(f"a parameter of {type(value).__name__}", texts(cursor.fetchall()), EXPECTED)
    cursor.execute(QUERY.format("?"), [None])
    check("a parameter of null", cursor.fetchall(), [])
    cursor.execute(
        "SELECT COUNT(*) FROM standings_v1.standings WHERE team LIKE ? AND DATE '2018-01-02' = ? AND TRUE = ?",
        ["%", datetime.date(2018, 1, 2), True])
    count = cursor.fetchone()[0]
    cursor.execute("SELECT COUNT(*) FROM standings_v1.standings")
    check("parameters of text, date and boolean", count, cursor.fetchone()[0])
    cursor.execute("SELECT game_id, player_id FROM player_games_v1.player_games")
    check("all rows", sum(batch.num_rows for batch in cursor.fetch_record_batch()), ROWS)
    schema = connection.adbc_get_table_schema("standings", db_schema_filter="standings_v1")
    check("a table's schema", [(field.name, str(field.type)) for field in schema][:4],
          [("team", "string"), ("season", "int64"), ("games", "int64"), ("wins", "int64")])
    objects = connection.adbc_get_objects(depth="columns", db_schema_filter="standings_v1").read_all().to_pylist()
    tables = [table for catalog in objects for schema in catalog["catalog_db_schemas"] or []
              for table in schema["db_schema_tables"] or []]
    check("tables", [table["table_name"] for table in tables], ["standings"])
    check("columns", [column["column_name"] for table in tables for column in table["table_columns"]][:4],
          ["team", "season", "games", "wins"])
    check("types of tables", sorted(connection.adbc_get_table_types()), ["TABLE", "VIEW"])
    check("the product", connection.adbc_get_info()["vendor_name"], "Scorebook")
    told = refusal(lambda: cursor.execute("SELECT nothing FROM standings_v1.standings"))
    check("a refusal", "nothing" in told and told.startswith("42703"), True)
    told = refusal(lambda: cursor.execute("DROP TABLE standings_v1.standings"))
    check("what is not written", "Cannot" in told, True)
    cursor.execute("SELECT a.team FROM standings_v1.standings a CROSS JOIN standings_v1.standings b CROSS JOIN standings_v1.standings c")
    reader = cursor.fetch_record_batch()
    reader.read_next_batch()
    cursor.adbc_cancel()
    try:
        for batch in reader:
            pass
        ended = "all was given"
    except (adbc_driver_manager.Error, pyarrow.ArrowCancelled, OSError, KeyboardInterrupt) as cancelled:
        ended = "cancelled" if "ancel" in f"{cancelled!r}" else repr(cancelled)
    check("a cancel", ended, "cancelled")
sys.exit(1 if wrong else 0)
