--- the start
select current_database(), current_catalog, current_schema(), current_user
--- rows
[[scorebook, scorebook, firm, ann]]

--- the server
select version(), case when pg_catalog.pg_is_in_recovery() then null else pg_catalog.txid_current() end as current_txid,
 round(extract(epoch from pg_catalog.pg_postmaster_start_time()) * 1000) > 0 as is_started
--- contains
PostgreSQL 16.4

--- databases
select N.oid::bigint as id, datname as name, D.description, datistemplate as is_template, datallowconn as allow_connections, pg_catalog.pg_get_userbyid(N.datdba) as "owner"
from pg_catalog.pg_database N left join pg_catalog.pg_shdescription D on N.oid = D.objoid order by case when datname = pg_catalog.current_database() then -1::bigint else N.oid::bigint end
--- contains
, scorebook, null, false, true, ann]

--- schemas
select N.oid::bigint as id, N.xmin as state_number, nspname as name, D.description, pg_catalog.pg_get_userbyid(N.nspowner) as "owner"
from pg_catalog.pg_namespace N left join pg_catalog.pg_description D on N.oid = D.objoid
where nspname = 'firm' order by case when nspname = pg_catalog.current_schema() then -1::bigint else N.oid::bigint end
--- contains
, 1, firm, People and what they are paid., ann]

--- tables
select T.relkind as table_kind, T.relname as table_name, T.oid as table_id, T.xmin as table_state_number, false as table_with_oids, T.reltablespace as tablespace_id,
 T.reloptions as options, T.relpersistence as persistence, (select pg_catalog.array_agg(inhparent::bigint order by inhseqno)::varchar from pg_catalog.pg_inherits where T.oid = inhrelid) as ancestors,
 T.relispartition as is_partition, pg_catalog.pg_get_partkeydef(T.oid) as partition_key, am.amname as access_method, pg_catalog.pg_get_userbyid(T.relowner) as "owner"
from pg_catalog.pg_class T left join pg_catalog.pg_am am on T.relam = am.oid
where relnamespace = {firm}::oid and relkind in ('r', 'm', 'v', 'f', 'p') order by table_kind, table_name
--- contains
[r, people,

--- columns of a schema
with T as (select T.oid as table_id, T.relname as table_name from pg_catalog.pg_class T where T.relnamespace = {firm}::oid and T.relkind in ('r', 'm', 'v', 'f', 'p'))
select T.table_id, C.attnum as column_position, C.attname as column_name, C.xmin as column_state_number, C.atttypmod as type_mod, C.attndims as dimensions_number,
 pg_catalog.format_type(C.atttypid, C.atttypmod) as type_spec, C.atttypid as type_id, C.attnotnull as mandatory, D.adbin as column_default_expression, not C.attislocal as column_is_inherited,
 C.attisdropped as column_is_dropped, C.attidentity as identity_kind, C.attgenerated as generated
from T join pg_catalog.pg_attribute C on T.table_id = C.attrelid left join pg_catalog.pg_attrdef D on (C.attrelid, C.attnum) = (D.adrelid, D.adnum)
where attnum > 0 order by table_id, attnum
--- contains
pay, 1, -1, 0, bigint

--- keys
select T.oid::bigint as table_id, relkind as table_kind, C.oid::bigint as con_id, conname as con_name, contype as con_kind, conkey as con_columns, conindid as index_id,
 confrelid::bigint as ref_table_id, condeferrable as is_deferrable, condeferred as is_init_deferred, confupdtype as on_update, confdeltype as on_delete,
 connoinherit as no_inherit, pg_catalog.pg_get_expr(conbin, T.oid) as con_expression, confkey as ref_columns
from pg_catalog.pg_constraint C join pg_catalog.pg_class T on C.conrelid = T.oid
where relkind in ('r', 'v', 'f', 'p') and relnamespace = {firm}::oid and contype in ('p', 'u', 'f', 'c', 'x') and connamespace = {firm}::oid order by conname
--- contains
in_unit, f, [

--- descriptions
select T.relkind as table_kind, T.oid as table_id, D.objsubid as column_position, D.description
from pg_catalog.pg_class T join pg_catalog.pg_description D on T.oid = D.objoid
where T.relnamespace = {firm}::oid and T.relkind in ('r', 'm', 'v', 'p', 'f') and D.classoid = 'pg_catalog.pg_class'::regclass order by table_id, D.objsubid
--- contains
A month's

--- the indexes
select tab.oid as table_id, tab.relkind as table_kind, ind_stor.relname as index_name, ind_head.indexrelid as index_id, ind_head.indisunique as is_unique, ind_head.indisprimary as is_primary,
 ind_head.indkey as columns, pg_catalog.pg_get_expr(ind_head.indpred, ind_head.indrelid) as condition
from pg_catalog.pg_class tab join pg_catalog.pg_index ind_head on ind_head.indrelid = tab.oid join pg_catalog.pg_class ind_stor on tab.relnamespace = ind_stor.relnamespace and ind_head.indexrelid = ind_stor.oid
where tab.relnamespace = {firm}::oid and tab.relkind in ('r', 'm', 'v', 'p') and ind_stor.relkind in ('i', 'I')
--- contains
people_pkey
