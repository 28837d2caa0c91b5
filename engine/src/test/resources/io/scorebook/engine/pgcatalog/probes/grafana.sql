--- the version
SELECT current_setting('server_version_num')::int/100 as version
--- rows
[[1600]]

--- whether it is TimescaleDB
SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'
--- rows
[]

--- tables
SELECT CASE WHEN quote_ident(table_schema) IN (
   SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
   FROM generate_series(array_lower(string_to_array(current_setting('search_path'),','),1), array_upper(string_to_array(current_setting('search_path'),','),1)) as i,
     string_to_array(current_setting('search_path'),',') s)
  THEN quote_ident(table_name) ELSE quote_ident(table_schema) || '.' || quote_ident(table_name) END AS "table"
FROM information_schema.tables
WHERE quote_ident(table_schema) NOT IN ('information_schema', 'pg_catalog', '_timescaledb_cache', '_timescaledb_catalog', 'timescaledb_experimental')
ORDER BY CASE WHEN quote_ident(table_schema) IN (
   SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
   FROM generate_series(array_lower(string_to_array(current_setting('search_path'),','),1), array_upper(string_to_array(current_setting('search_path'),','),1)) as i,
     string_to_array(current_setting('search_path'),',') s) THEN 0 ELSE 1 END, 1
--- rows
[[people], [units], [headcount_v1.heads]]

--- columns of a table that is named with its schema
SELECT quote_ident(column_name) AS "column", data_type AS "type" FROM information_schema.columns
WHERE CASE WHEN array_length(parse_ident('headcount_v1.heads'),1) = 2
  THEN quote_ident(table_schema) = (parse_ident('headcount_v1.heads'))[1] AND quote_ident(table_name) = (parse_ident('headcount_v1.heads'))[2]
  ELSE quote_ident(table_name) = 'headcount_v1.heads' AND quote_ident(table_schema) IN (
   SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
   FROM generate_series(array_lower(string_to_array(current_setting('search_path'),','),1), array_upper(string_to_array(current_setting('search_path'),','),1)) as i,
     string_to_array(current_setting('search_path'),',') s) END
--- rows
[[title, text], [heads, bigint]]

--- columns of a table that is named alone
SELECT quote_ident(column_name) AS "column", data_type AS "type" FROM information_schema.columns
WHERE CASE WHEN array_length(parse_ident('units'),1) = 2
  THEN quote_ident(table_schema) = (parse_ident('units'))[1] AND quote_ident(table_name) = (parse_ident('units'))[2]
  ELSE quote_ident(table_name) = 'units' AND quote_ident(table_schema) IN (
   SELECT CASE WHEN trim(s[i]) = '"$user"' THEN user ELSE trim(s[i]) END
   FROM generate_series(array_lower(string_to_array(current_setting('search_path'),','),1), array_upper(string_to_array(current_setting('search_path'),','),1)) as i,
     string_to_array(current_setting('search_path'),',') s) END
--- rows
[[title, text], [unit_id, bigint]]
