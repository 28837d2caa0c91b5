"""Datasets and charts of Superset on the sample, each against what the gateway says over HTTP."""

import json
import pathlib
import sys

import requests

HOME = pathlib.Path(sys.argv[1])
SUPERSET = sys.argv[2]
SHOTS = sys.argv[3]
GATEWAY = json.loads((HOME / "gateway.json").read_text())
SECRET = (HOME / "token").read_text().strip()
URI = GATEWAY["postgres"].replace("postgresql://", f"postgresql+psycopg2://token:{SECRET}@")

superset = requests.Session()
wrong = []


def check(what, found, expected):
    right = found == expected and found
    print(f"Superset, {what}: {'right' if right else 'wrong'}")
    if not right:
        wrong.append(what)
        print(f"  expected {expected}\n  but was  {found}", file=sys.stderr)


def call(method, path, **body):
    answer = superset.request(method, SUPERSET + path, timeout=120, **({"json": body} if body else {}))
    told = answer.json()
    if answer.status_code >= 300 and not path.endswith("chart/data"):
        sys.exit(f"Superset, {path}: {answer.status_code} {answer.text[:500]}")
    return told


def gateway(**question):
    answer = requests.post(
        GATEWAY["http"] + "/v1/query", json=question, headers={"Authorization": "Bearer " + SECRET}, timeout=60)
    answer.raise_for_status()
    return [tuple(row) for row in answer.json()["rows"]]


def only(field, value):
    return {"col": field, "op": "==", "val": value}


def data(dataset, columns, metrics, **more):
    """The rows of a chart, or its error."""
    query = {"columns": columns, "metrics": metrics, "row_limit": 1000, **more}
    told = call("POST", "/api/v1/chart/data", datasource={"id": dataset, "type": "table"}, queries=[query],
                result_format="json", result_type="full")
    return told["result"][0]["data"] if "result" in told else told["message"]


def dragged(aggregate, column):
    """A column that was dragged onto a chart, as the tool makes a metric of it."""
    return {"expressionType": "SIMPLE", "column": {"column_name": column}, "aggregate": aggregate,
            "label": f"{aggregate}({column})"}


token = call("POST", "/api/v1/security/login", username="admin", password="admin", provider="db")["access_token"]
superset.headers["Authorization"] = "Bearer " + token
database = call("POST", "/api/v1/database/", database_name="Scorebook", sqlalchemy_uri=URI, expose_in_sqllab=True)["id"]
schemas = call("GET", f"/api/v1/database/{database}/schemas/")["result"]
check("schemas", {"basketball", "standings_v1", "player_games_v1"} <= set(schemas), True)
views = call("GET", f"/api/v1/database/{database}/tables/?q=(schema_name:standings_v1)")["result"]
check("tables", [view["value"] for view in views], ["standings"])

model, standings, games = [
    call("POST", "/api/v1/dataset/", database=database, schema=schema, table_name=table)["id"]
    for schema, table in (
        ("basketball", "team_games"), ("standings_v1", "standings"), ("player_games_v1", "player_games"))]
columns = call("GET", f"/api/v1/dataset/{model}")["result"]["columns"]
named = {column["column_name"]: column for column in columns}
check("types", [named[name]["type"] for name in ("date", "team", "wins", "win_pct")],
      ["DATE", "TEXT", "BIGINT", "DOUBLE PRECISION"])
check("descriptions", named["wins"]["description"], "Metric, asked as AGGREGATE(wins): Games that the team won (games)")

# A KPI each, so that it can be dragged as it is and not as a sum.
kpis = [{"metric_name": name, "expression": f"AGGREGATE({name})", "description": column["description"]}
        for name, column in named.items() if (column["description"] or "").startswith("Metric, asked as ")]
call("PUT", f"/api/v1/dataset/{model}", metrics=kpis)

month = {"columnType": "BASE_AXIS", "expressionType": "SQL", "sqlExpression": "date", "label": "date", "timeGrain": "P1M"}
season = {"field": "season", "op": "=", "value": 2018}
by_team = gateway(metrics=["wins"], dimensions=["team"], filters=[season], orderBy=[{"field": "team"}])
teams = [team for team, _ in sorted(by_team, key=lambda row: row[1])[-3:]]
by_month = gateway(metrics=["wins", "win_pct"], dimensions=["date.month"],
                   filters=[season, {"field": "team", "op": "=", "value": teams[0]}])


def months(rows):
    """Superset tells days as milliseconds."""
    import datetime

    return sorted(
        (datetime.datetime.fromtimestamp(row["date"] / 1000, datetime.timezone.utc).date().isoformat(), *list(row.values())[1:])
        for row in rows)


rows = data(model, [month], ["wins", "win_pct"], filters=[only("season", 2018), only("team", teams[0])],
            granularity="date", time_range="2018-01-01 : 2020-01-01")
check("KPIs by month", months(rows), by_month)
rows = data(model, [month], [dragged("SUM", "wins")], filters=[only("season", 2018), only("team", teams[0])])
check("a KPI dragged as its sum", months(rows), [row[:2] for row in by_month])
told = data(model, ["team"], [dragged("AVG", "win_pct")])
check("a rate dragged as an average", "write AGGREGATE(win_pct)" in str(told), True)

rows = data(standings, ["team"], [dragged("SUM", "wins")], filters=[only("season", 2018)])
check("a product by team", sorted(tuple(row.values()) for row in rows), by_team)
rows = data(games, [month], [dragged("SUM", "points"), "count"], filters=[only("season", 2018)])
check("the rows of a product by month", [row[:2] for row in months(rows)],
      gateway(metrics=["points"], dimensions=["date.month"], filters=[season]))
values = call("GET", f"/api/v1/datasource/table/{standings}/column/team/values/")["result"]
check("the values of a filter", sorted(values), sorted({team for team, _ in by_team}))
sql = call("POST", "/api/v1/sqllab/execute/", database_id=database, schema="standings_v1", runAsync=False,
           sql="SELECT team, wins FROM standings_v1.standings WHERE season = 2018 ORDER BY team")
check("SQL Lab", [tuple(row.values()) for row in sql["data"]], by_team)


def chart(name, dataset, viz, **params):
    params = {"viz_type": viz, "datasource": f"{dataset}__table", "row_limit": 1000, **params}
    return call("POST", "/api/v1/chart/", slice_name=name, viz_type=viz, datasource_id=dataset, datasource_type="table",
                params=json.dumps(params))["id"]


def simple(column, value):
    return {"expressionType": "SIMPLE", "clause": "WHERE", "subject": column, "operator": "IN", "operatorId": "IN",
            "comparator": [value]}


line = chart("Win rate by month", model, "echarts_timeseries_line", x_axis="date", time_grain_sqla="P1M",
             metrics=["win_pct"], groupby=["team"], show_legend=True, markerEnabled=True, y_axis_format=".0%",
             x_axis_time_format="%b %Y", xAxisLabelInterval="0",
             adhoc_filters=[simple("season", 2018), {**simple("team", teams[0]), "comparator": teams}])
bars = chart("Wins by team", standings, "echarts_timeseries_bar", x_axis="team", metrics=[dragged("SUM", "wins")],
             groupby=[], x_axis_sort="SUM(wins)", x_axis_sort_asc=False, show_value=True, show_legend=False,
             adhoc_filters=[simple("season", 2018)], xAxisLabelInterval="0", xAxisLabelRotation=45)

if SHOTS:
    import superset_pictures

    superset_pictures.take(SUPERSET, {"superset-month": f"/explore/?slice_id={line}",
                                      "superset-team": f"/explore/?slice_id={bars}&standalone=1"}, SHOTS)
sys.exit(1 if wrong else 0)
