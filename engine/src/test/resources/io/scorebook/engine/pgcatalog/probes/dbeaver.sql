--- the start
SELECT current_schema(),session_user
--- rows
[[firm, ann]]

--- the database
SELECT db.oid,db.* FROM pg_catalog.pg_database db WHERE datname='scorebook'
--- contains
, scorebook, 10, 6, c, false, true, -1

--- schemas
SELECT n.oid,n.*,d.description FROM pg_catalog.pg_namespace n
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=n.oid AND d.objsubid=0 AND d.classoid='pg_namespace'::regclass ORDER BY nspname
--- contains
firm, 10, null, People and what they are paid.]

--- types
SELECT t.oid,t.*,c.relkind,format_type(nullif(t.typbasetype, 0), t.typtypmod) as base_type_name, d.description
FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_catalog.pg_type et ON et.oid=t.typelem LEFT OUTER JOIN pg_catalog.pg_class c ON c.oid=t.typrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid=d.objoid
WHERE t.typname IS NOT NULL AND (c.relkind IS NULL OR c.relkind = 'c') AND (et.typcategory IS NULL OR et.typcategory <> 'C')
--- contains
[20, 20, int8, 11,

--- tables of a schema
SELECT c.oid,c.*,d.description,pg_catalog.pg_get_expr(c.relpartbound, c.oid) as partition_expr, pg_catalog.pg_get_partkeydef(c.oid) as partition_key
FROM pg_catalog.pg_class c LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND d.classoid='pg_class'::regclass
WHERE c.relnamespace={firm} AND c.relkind not in ('i','I','c')
--- contains
One row a person

--- how large tables are
select c.oid,pg_catalog.pg_total_relation_size(c.oid) as total_rel_size,pg_catalog.pg_relation_size(c.oid) as rel_size FROM pg_class c WHERE c.relnamespace={firm}
--- contains
, 0, 0]

--- columns
SELECT c.relname,a.*,pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value,dsc.description,dep.objid
FROM pg_catalog.pg_attribute a INNER JOIN pg_catalog.pg_class c ON (a.attrelid=c.oid)
LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid=ad.adrelid AND a.attnum = ad.adnum)
LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid)
LEFT OUTER JOIN pg_depend dep on dep.refobjid = a.attrelid AND dep.deptype = 'i' and dep.refobjsubid = a.attnum and dep.classid = dep.refclassid
WHERE NOT a.attisdropped AND c.relkind not in ('i','I','c') AND c.oid={people} ORDER BY a.attnum
--- contains
Metric, asked as AGGREGATE(heads): People

--- indexes
SELECT i.*,i.indkey as keys,c.relname,c.relnamespace,c.relam,c.reltablespace,tc.relname as tabrelname,dsc.description,pg_catalog.pg_get_expr(i.indpred, i.indrelid) as pred_expr,
pg_catalog.pg_get_expr(i.indexprs, i.indrelid, true) as expr,pg_catalog.pg_relation_size(i.indexrelid) as index_rel_size,pg_catalog.pg_stat_get_numscans(i.indexrelid) as index_num_scans
FROM pg_catalog.pg_index i INNER JOIN pg_catalog.pg_class c ON c.oid=i.indexrelid INNER JOIN pg_catalog.pg_class tc ON tc.oid=i.indrelid
LEFT OUTER JOIN pg_catalog.pg_description dsc ON i.indexrelid=dsc.objoid WHERE i.indrelid={people} ORDER BY tabrelname, c.relname
--- contains
people_pkey

--- constraints
SELECT c.oid,c.*,t.relname as tabrelname,rt.relnamespace as refnamespace,d.description,
case when c.contype='c' then "substring"(pg_get_constraintdef(c.oid), 7) else null end consrc_copy
FROM pg_catalog.pg_constraint c INNER JOIN pg_catalog.pg_class t ON t.oid=c.conrelid LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid=c.confrelid
LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND d.classoid='pg_constraint'::regclass
WHERE c.conrelid={people} ORDER BY c.oid
--- contains
in_unit

--- who points here
SELECT c.oid,c.*,t.relname as tabrelname,rt.relnamespace as refnamespace FROM pg_catalog.pg_constraint c
INNER JOIN pg_catalog.pg_class t ON t.oid=c.conrelid LEFT OUTER JOIN pg_catalog.pg_class rt ON rt.oid=c.confrelid
WHERE c.confrelid={units} AND c.contype='f'
--- contains
in_unit

--- a search for a table
SELECT pc.oid,pc.relname,pc.relnamespace,pc.relkind FROM pg_catalog.pg_class pc
LEFT OUTER JOIN pg_catalog.pg_description obj_d ON obj_d.objoid = pc.oid AND obj_d.objsubid = 0 AND obj_d.classoid='pg_class'::regclass
WHERE pc.relkind in('r','v') AND (pc.relname ILIKE 'PEOP%' OR obj_d.description ILIKE 'PEOP%') AND pc.relnamespace IN ({firm}) ORDER BY pc.relname LIMIT 100
--- contains
people

--- whether there are none of a kind: sequences, rules, triggers, policies, extensions, roles' members
SELECT (SELECT count(*) FROM pg_catalog.pg_class WHERE relkind = 'S'), (SELECT count(*) FROM pg_catalog.pg_rewrite), (SELECT count(*) FROM pg_catalog.pg_trigger x WHERE NOT tgisinternal),
 (SELECT count(*) FROM pg_catalog.pg_policies), (SELECT count(*) FROM pg_catalog.pg_extension), (SELECT count(*) FROM pg_catalog.pg_auth_members)
--- rows
[[0, 0, 0, 0, 0, 0]]

--- the settings of the server
select * from pg_catalog.pg_settings where name = 'standard_conforming_strings'
--- contains
standard_conforming_strings, on
