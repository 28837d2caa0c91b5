// What node-postgres sees of the sample: node client.mjs EXPECTED ROWS, the connection in PG*.
import pg from "pg";

const [expected, rows] = [process.argv[2].split("\n").map((line) => line.split(",")), Number(process.argv[3])];
const client = new pg.Client();
await client.connect();
let wrong = 0;
const check = (what, found, right) => {
  const same = JSON.stringify(found) === JSON.stringify(right);
  wrong += same ? 0 : 1;
  console.log(`node-postgres, ${what}: ${same ? "right" : `wrong: ${JSON.stringify(found)}`}`);
};
const query = "SELECT team, season, wins FROM standings_v1.standings WHERE season = $1 ORDER BY wins DESC, team LIMIT 3";
const text = (answer) => answer.rows.map((row) => Object.values(row).map(String));
check("parameters", text(await client.query(query, [2018])), expected);
check("a prepared statement", text(await client.query({ name: "wins", text: query, values: ["2018"] })), expected);
const all = await client.query({ text: "SELECT game_id, player_id FROM player_games_v1.player_games", rowMode: "array" });
check("all rows", all.rows.length, rows);
check("types", (await client.query("SELECT date, wins, win_pct FROM basketball.team_games GROUP BY 1 LIMIT 1".replace("wins, win_pct", "AGGREGATE(wins) AS w, AGGREGATE(win_pct) AS p"))).fields.map((field) => field.dataTypeID), [1082, 20, 701]);
const refused = await client.query("SELECT SUM(win_pct) FROM basketball.team_games").catch((error) => error);
check("a refusal with its hint", String(refused.message).includes("AGGREGATE(win_pct)"), true);
await client.end();
process.exit(wrong ? 1 : 0);
