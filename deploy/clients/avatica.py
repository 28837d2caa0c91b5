"""What JayDeBeApi sees of the sample by Avatica's driver: avatica.py URL JARS EXPECTED ROWS, the token in PGPASSWORD."""

import os
import sys

import jaydebeapi

URL, JARS = sys.argv[1], sys.argv[2].split(":")
EXPECTED = [tuple(line.split(",")) for line in sys.argv[3].splitlines()]
ROWS = int(sys.argv[4])
wrong = []


def check(what, found, expected):
    print(f"JayDeBeApi with Avatica, {what}: {'right' if found == expected else 'wrong'}")
    if found != expected:
        wrong.append(what)
        print(f"  expected {expected}\n  but was  {found}", file=sys.stderr)


connection = jaydebeapi.connect(
    "org.apache.calcite.avatica.remote.Driver", URL, ["token", os.environ["PGPASSWORD"]], JARS)
cursor = connection.cursor()
query = "SELECT team, season, wins FROM standings_v1.standings WHERE season = {} ORDER BY wins DESC, team LIMIT 3"
cursor.execute(query.format(2018))
check("rows", [tuple(str(value) for value in row) for row in cursor.fetchall()], EXPECTED)
cursor.execute(query.format("?"), (2018,))
check("parameters", [tuple(str(value) for value in row) for row in cursor.fetchall()], EXPECTED)
cursor.execute("SELECT game_id FROM player_games_v1.player_games")
check("all rows", len(cursor.fetchall()), ROWS)
try:
    cursor.execute("SELECT SUM(win_pct) FROM basketball.team_games")
    check("a refusal", "answered", "refused")
except Exception as refused:
    check("a refusal", "write AGGREGATE(win_pct)" in str(refused), True)
cursor.close()
connection.close()
sys.exit(1 if wrong else 0)
