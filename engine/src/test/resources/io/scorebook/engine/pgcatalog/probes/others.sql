--- Looker Studio: tables
select table_schema, table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type in ('BASE TABLE', 'VIEW') order by 1, 2
--- rows
[[firm, people], [firm, units], [headcount_v1, heads]]

--- Looker Studio: columns by pgjdbc
SELECT n.nspname, c.relname, a.attname, a.atttypid, a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) AS attnotnull, a.atttypmod, a.attlen, t.typtypmod, row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS attnum
FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_class c ON (c.relnamespace = n.oid) JOIN pg_catalog.pg_attribute a ON (a.attrelid=c.oid) JOIN pg_catalog.pg_type t ON (a.atttypid = t.oid)
WHERE c.relkind in ('r','p','v','f','m') and a.attnum > 0 AND NOT a.attisdropped AND n.nspname LIKE 'headcount\_v1' AND c.relname LIKE 'heads'
--- rows
[[headcount_v1, heads, title, 25, false, -1, -1, -1, 1], [headcount_v1, heads, heads, 20, false, -1, 8, -1, 2]]

--- Google Sheets and other connectors: a key, as a column has it
SELECT cl.relname as Table, att.attname AS Name, CASE WHEN exists(select null from pg_constraint c where c.conrelid = cl.oid and c.contype = 'p' and att.attnum = ANY (c.conkey)) THEN true ELSE false END as IsKey
FROM pg_attribute att JOIN pg_type ty ON ty.oid = atttypid JOIN pg_class cl ON cl.oid = attrelid AND ((cl.relkind = 'r') OR (cl.relkind = 'v')) JOIN pg_namespace na ON na.oid = cl.relnamespace
  LEFT JOIN pg_database db ON db.datname = current_database()
WHERE attnum > 0 AND attisdropped IS FALSE AND na.nspname = 'firm' AND cl.relname = 'units' ORDER BY attnum
--- rows
[[units, title, false], [units, unit_id, true]]

--- QuickSight: schemas
SELECT nspname AS schema_name FROM pg_namespace WHERE (has_schema_privilege('ann', nspname, 'USAGE') = TRUE OR has_schema_privilege('ann', nspname, 'CREATE') = TRUE)
  AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg_toast%' AND nspname NOT LIKE 'pg_temp_%' ORDER BY 1
--- rows
[[firm], [headcount_v1]]

--- QuickSight: a key
SELECT n.nspname AS TABLE_SCHEM, ct.relname AS TABLE_NAME, a.attname AS COLUMN_NAME, (i.keys).n AS KEY_SEQ, ci.relname AS PK_NAME
FROM pg_catalog.pg_class ct JOIN pg_catalog.pg_attribute a ON (ct.oid = a.attrelid) JOIN pg_catalog.pg_namespace n ON (ct.relnamespace = n.oid)
  JOIN (SELECT i.indexrelid, i.indrelid, i.indisprimary, information_schema._pg_expandarray(i.indkey) AS keys FROM pg_catalog.pg_index i) i ON (a.attnum = (i.keys).x AND a.attrelid = i.indrelid)
  JOIN pg_catalog.pg_class ci ON (ci.oid = i.indexrelid)
WHERE true AND n.nspname = 'firm' AND ct.relname = 'people' AND i.indisprimary ORDER BY table_name, pk_name, key_seq
--- rows
[[firm, people, person_id, 1, people_pkey]]

--- Sigma: what a foreign key joins
select cl.relname as "source_table", array(select (select attname::text from pg_attribute where attrelid = con.conrelid and attnum = con.conkey[i]) from generate_series(array_lower(con.conkey, 1), array_upper(con.conkey, 1)) i) as "source_keys",
  (select nspname from pg_namespace ns2 join pg_class cl2 on ns2.oid = cl2.relnamespace where cl2.oid = con.confrelid) as "target_schema", (select relname from pg_class where oid = con.confrelid) as "target_table"
from pg_class cl join pg_namespace ns on cl.relnamespace = ns.oid join pg_constraint con on con.conrelid = cl.oid
where ns.nspname = 'firm' and cl.relname >= 'a' and cl.relname <= 'z' and con.contype = 'f' order by "source_table", con.conname
--- rows
[[people, [works_in], firm, units]]

--- Sigma: columns
with nsp as (select oid from pg_catalog.pg_namespace where nspname = 'firm'), tbl as (select oid from pg_catalog.pg_class where relname = 'units' and relnamespace = (select oid from nsp))
select attname, typname, description from pg_attribute a join pg_type on atttypid = pg_type.oid left join pg_description on attrelid = objoid and attnum = objsubid
where attnum > 0 and attrelid = (select oid from tbl) order by attnum
--- rows
[[title, text, null], [unit_id, int8, null]]

--- ADBC: the columns of a table
SELECT attname, atttypid FROM pg_catalog.pg_class AS cls INNER JOIN pg_catalog.pg_attribute AS attr ON cls.oid = attr.attrelid INNER JOIN pg_catalog.pg_type AS typ ON attr.atttypid = typ.oid
WHERE attr.attnum >= 0 AND cls.oid = 'units'::regclass::oid ORDER BY attr.attnum
--- rows
[[title, 25], [unit_id, 20]]

--- pgAdmin: what the server is
SELECT CASE WHEN (SELECT count(extname) FROM pg_catalog.pg_extension WHERE extname='bdr') > 0 THEN 'pgd' WHEN (SELECT COUNT(*) FROM pg_replication_slots) > 0 THEN 'log' ELSE NULL END as type
--- rows
[[null]]

--- pgAdmin: who is asking
SELECT roles.oid as id, roles.rolname as name, roles.rolsuper as is_superuser, CASE WHEN roles.rolsuper THEN true ELSE roles.rolcreaterole END as can_create_role,
  CASE WHEN 'pg_signal_backend'=ANY(ARRAY(WITH RECURSIVE cte AS (SELECT pg_roles.oid,pg_roles.rolname FROM pg_roles WHERE pg_roles.oid = roles.oid
    UNION ALL SELECT m.roleid, pgr.rolname FROM cte cte_1 JOIN pg_auth_members m ON m.member = cte_1.oid JOIN pg_roles pgr ON pgr.oid = m.roleid) SELECT rolname FROM cte)) THEN True ELSE False END as can_signal_backend
FROM pg_catalog.pg_roles as roles WHERE rolname = current_user
--- rows
[[10, ann, false, false, false]]

--- pgcli: foreign keys
SELECT s_p.nspname AS parentschema, t_p.relname AS parenttable,
  unnest((select array_agg(attname ORDER BY i) from (select unnest(confkey) as attnum, generate_subscripts(confkey, 1) as i) x JOIN pg_catalog.pg_attribute c USING(attnum) WHERE c.attrelid = fk.confrelid)) AS parentcolumn,
  s_c.nspname AS childschema, t_c.relname AS childtable,
  unnest((select array_agg(attname ORDER BY i) from (select unnest(conkey) as attnum, generate_subscripts(conkey, 1) as i) x JOIN pg_catalog.pg_attribute c USING(attnum) WHERE c.attrelid = fk.conrelid)) AS childcolumn
FROM pg_catalog.pg_constraint fk JOIN pg_catalog.pg_class t_p ON t_p.oid = fk.confrelid JOIN pg_catalog.pg_namespace s_p ON s_p.oid = t_p.relnamespace
  JOIN pg_catalog.pg_class t_c ON t_c.oid = fk.conrelid JOIN pg_catalog.pg_namespace s_c ON s_c.oid = t_c.relnamespace WHERE fk.contype = 'f'
--- rows
[[firm, units, unit_id, firm, people, works_in]]

--- pgcli: functions
SELECT n.nspname schema_name, p.proname func_name, p.proargnames, COALESCE(proallargtypes::regtype[], proargtypes::regtype[])::text[], p.proargmodes, prorettype::regtype::text return_type,
  p.prokind = 'a' is_aggregate, p.proretset is_set_returning, d.deptype = 'e' is_extension, pg_get_expr(proargdefaults, 0) AS arg_defaults
FROM pg_catalog.pg_proc p INNER JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_depend d ON d.objid = p.oid and d.deptype = 'e'
WHERE p.prorettype::regtype != 'trigger'::regtype ORDER BY 1, 2
--- contains
[pg_catalog, array_in

--- pgcli: the search path as rows
SELECT * FROM unnest(current_schemas(true))
--- rows
[[pg_catalog], [firm]]

--- psql: completion of a table's name
SELECT c.relname, NULL::pg_catalog.text FROM pg_catalog.pg_class c
WHERE c.relkind IN ('r', 'S', 'v', 'm', 'f', 'p') AND (c.relname) LIKE 'peo%' AND pg_catalog.pg_table_is_visible(c.oid)
  AND c.relnamespace <> (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'pg_catalog')
UNION ALL
SELECT NULL::pg_catalog.text, n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE 'peo%' AND n.nspname NOT LIKE E'pg\\_%'
LIMIT 1000
--- rows
[[people, null]]

--- psql: completion of a column's name
SELECT pg_catalog.quote_ident(attname) FROM pg_catalog.pg_attribute a, pg_catalog.pg_class c
WHERE c.oid = a.attrelid AND a.attnum > 0 AND NOT a.attisdropped AND substring(pg_catalog.quote_ident(attname),1,2)='pa'
  AND (pg_catalog.quote_ident(relname)='people' OR '"' || relname || '"'='people') AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1 LIMIT 1000
--- rows
[[pay], [pay_sum]]

--- ADBC: types, by the functions that read them
SELECT oid, typname, typreceive, typbasetype, typrelid, typarray FROM pg_catalog.pg_type
WHERE (typreceive != 0 OR typname = 'aclitem') AND typtype != 'r' AND typreceive::TEXT != 'array_recv' AND typname IN ('int8', '_int8', 'text') ORDER BY oid
--- rows
[[20, int8, int8recv, 0, 0, 1016], [25, text, textrecv, 0, 0, 1009]]

--- ADBC: a table's columns, named in quotes; and what quotes make another name
SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = '"headcount_v1"."heads"'::regclass::oid AND attnum >= 0
  UNION ALL SELECT '"char"'::regtype::text UNION ALL SELECT to_regclass('"firm"."' || 'units"')::oid::regclass::text UNION ALL SELECT to_regclass('"Firm".units')::text ORDER BY 1
--- rows
[["char"], [heads], [title], [units], [null]]

--- psql: completion of a setting's name
SELECT pg_catalog.lower(name) FROM pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND pg_catalog.lower(name) LIKE pg_catalog.lower('se%') LIMIT 1000
--- rows
[[search_path]]

--- SQLAlchemy: indexes that are not of primary keys
SELECT i.relname as relname, ix.indisunique, a.attname, c.contype, ix.indkey::varchar, ix.indoption::varchar, c.conkey::text, ix.indnkeyatts as indnkeyatts
FROM pg_class t join pg_index ix on t.oid = ix.indrelid join pg_class i on i.oid = ix.indexrelid
  left outer join pg_attribute a on t.oid = a.attrelid and a.attnum = ANY(ix.indkey)
  left outer join pg_constraint c on (ix.indrelid = c.conrelid and ix.indexrelid = c.conindid and c.contype in ('p', 'u', 'x'))
WHERE t.relkind IN ('r', 'v', 'f', 'm', 'p') and t.oid = 'headcount_v1.heads'::regclass and ix.indisprimary = 'f' ORDER BY t.relname, i.relname
--- rows
[[heads_key, true, title, u, 1, 0, {1}, 1]]
