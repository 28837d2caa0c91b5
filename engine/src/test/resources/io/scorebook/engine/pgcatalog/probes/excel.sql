--- tables, with their keys
SELECT 'scorebook' as Database, ns.nspname as Schema, relname as Name,
  CASE WHEN ns.nspname Like E'pg\\_catalog' then 'Catalog' WHEN ns.nspname Like E'information\\_schema' then 'Information' WHEN relkind = 'f' then 'Foreign' ELSE 'User' END as TableType,
  pg_get_userbyid(relowner) AS definer, relacl as ACL, true as HasOids, relhassubclass as HasSubtables, reltuples as RowNumber, description as Comment,
  relnatts as ColumnNumber, relhastriggers as TriggersNumber, conname as Constraint, conkey as ColumnConstrainsIndexes
FROM pg_class rel INNER JOIN pg_namespace ns ON relnamespace = ns.oid LEFT OUTER JOIN pg_description des ON des.objoid = rel.oid AND des.objsubid = 0
  LEFT OUTER JOIN pg_constraint c ON c.conrelid = rel.oid AND c.contype = 'p'
WHERE ((relkind = 'r') OR (relkind = 's') OR (relkind = 'f')) AND NOT ns.nspname LIKE E'pg\\_temp\\_%%' AND NOT ns.nspname like E'pg\\_%'
  AND NOT ns.nspname like E'information\\_schema' AND ns.nspname::varchar like E'firm' AND relname::varchar like '%' AND pg_get_userbyid(relowner)::varchar like '%'
ORDER BY relname
--- rows
[[scorebook, firm, people, User, ann, null, true, false, -1.0, One row a person, 8, false, people_pkey, [3]], [scorebook, firm, units, User, ann, null, true, false, -1.0, null, 2, false, units_pkey, [2]]]

--- columns, with their digits and what they are filled from
SELECT att.attname AS Name, att.attnum as Position, CASE WHEN att.attnotnull = 'f' THEN 'true' ELSE 'false' END as Nullable,
  (information_schema._pg_numeric_precision(information_schema._pg_truetypid(att.*, ty.*), information_schema._pg_truetypmod(att.*, ty.*)))::information_schema.cardinal_number AS Precision,
  (information_schema._pg_datetime_precision(information_schema._pg_truetypid(att.*, ty.*), information_schema._pg_truetypmod(att.*, ty.*)))::information_schema.cardinal_number AS DatetimeLength,
  ty.typname, et.typname as elementaltypename, description as Comment, cs.relname AS sername, ns.nspname AS serschema, CAST(pg_get_expr(def.adbin, def.adrelid) AS varchar) as DefaultValue,
  (SELECT count(1) FROM pg_type t2 WHERE t2.typname=ty.typname) > 1 AS isdup
FROM pg_attribute att JOIN pg_type ty ON ty.oid=atttypid JOIN pg_namespace tn ON tn.oid=ty.typnamespace
  JOIN pg_class cl ON cl.oid=attrelid AND ((cl.relkind = 'r') OR (cl.relkind = 's') OR (cl.relkind = 'v') OR (cl.relkind = 'm') OR (cl.relkind = 'f'))
  JOIN pg_namespace na ON na.oid=cl.relnamespace LEFT OUTER JOIN pg_type et ON et.oid=ty.typelem
  LEFT OUTER JOIN pg_attrdef def ON adrelid=attrelid AND adnum=attnum LEFT OUTER JOIN pg_description des ON des.objoid=attrelid AND des.objsubid=attnum
  LEFT OUTER JOIN (pg_depend JOIN pg_class cs ON objid=cs.oid AND cs.relkind='S' AND classid='pg_class'::regclass::oid) ON refobjid=attrelid AND refobjsubid=attnum
  LEFT OUTER JOIN pg_namespace ns ON ns.oid=cs.relnamespace
WHERE attnum > 0 AND attisdropped IS FALSE AND cl.relname like E'people' AND na.nspname like E'firm' AND att.attname in ('pay', 'hired') ORDER BY attnum
--- rows
[[hired, 1, true, null, 0, date, null, null, null, null, null, false], [pay, 2, true, 64, null, int8, null, A month's, null, null, null, false]]

--- whether a column is a key
SELECT a.attname as fieldname, a.attnum as fieldordinal, a.atttypid as datatype, a.atttypmod as fieldmod, a.attnotnull as isnull, c.relname as tablename, n.nspname as schema,
  CASE WHEN exists(select null from pg_constraint c1 where c1.conrelid = c.oid and c1.contype = 'p' and a.attnum = ANY (c1.conkey)) THEN true ELSE false END as iskey,
  CAST(pg_get_expr(d.adbin, d.adrelid) AS varchar) as defvalue, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END as basetype
FROM pg_namespace n INNER JOIN pg_class c ON c.relnamespace = n.oid INNER JOIN pg_attribute a on c.oid = a.attrelid
  LEFT JOIN pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum LEFT JOIN pg_type t on t.oid = a.atttypid
WHERE a.attisdropped = false AND ((c.relkind = 'r') OR (c.relkind = 'v')) AND a.attnum > 0 AND ((c.relname LIKE 'units' AND n.nspname LIKE 'firm'))
ORDER BY tablename, fieldordinal
--- rows
[[title, 1, 25, -1, false, units, firm, false, null, 25], [unit_id, 2, 20, -1, false, units, firm, true, null, 20]]

--- foreign keys, by the keys that they point to
SELECT a.conname as Name, ns.nspname as Schema, mycl.relname as Table, b.conname as ReferencedKey, frcl.relname as ReferencedTable, a.conkey as ColumnIndexes, a.confkey as ForeignColumnIndexes, a.confmatchtype
FROM pg_constraint a inner join pg_constraint b on (a.confrelid = b.conrelid AND a.confkey = b.conkey) INNER JOIN pg_namespace ns ON a.connamespace = ns.oid
  INNER JOIN pg_class mycl ON a.conrelid = mycl.oid LEFT OUTER JOIN pg_class frcl ON a.confrelid = frcl.oid INNER JOIN pg_namespace frns ON frcl.relnamespace = frns.oid
WHERE a.contype = 'f' AND (b.contype = 'p' OR b.contype = 'u') AND a.oid::varchar like '%' AND a.conname like '%' AND ns.nspname like E'firm'
ORDER BY 1
--- rows
[[in_unit, firm, people, units_pkey, units, [6], [2], s]]

--- psqlODBC: whether the server has large objects
select oid, typbasetype from pg_type where typname = 'lo'
--- rows
[]

--- a column by its number
SELECT DISTINCT attname AS Name, attnum FROM pg_attribute JOIN pg_class ON oid = attrelid INNER JOIN pg_namespace ON pg_class.relnamespace = pg_namespace.oid
WHERE attnum > 0 AND attisdropped IS FALSE AND pg_namespace.nspname like 'firm' AND relname like 'units' AND attnum in (2)
--- rows
[[unit_id, 2]]
