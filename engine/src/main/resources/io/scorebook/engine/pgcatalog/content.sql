-- What is known once the relations are there: rows that follow from them, and the views.
INSERT INTO pgc.pg_roles SELECT oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolconnlimit, NULL, NULL, rolbypassrls, NULL FROM pgc.pg_authid;
INSERT INTO pgc.pg_user SELECT rolname, oid, false, false, false, false, NULL, NULL, NULL FROM pgc.pg_authid;
INSERT INTO pgc.pg_am VALUES (2, 'heap', 0, 't'), (403, 'btree', 0, 'i');
INSERT INTO pgc.pg_collation VALUES (100, 'default', 11, 10, 'd', true, -1, NULL, NULL, NULL, NULL, NULL), (950, 'C', 11, 10, 'c', true, -1, 'C', 'C', NULL, NULL, NULL);
INSERT INTO pgc.pg_tablespace VALUES (1663, 'pg_default', 10, NULL, NULL), (1664, 'pg_global', 10, NULL, NULL);
INSERT INTO pgc.pg_language VALUES (12, 'internal', 10, false, false, 0, 0, 0, NULL), (14, 'sql', 10, false, true, 0, 0, 0, NULL);
INSERT INTO pgc.pg_opclass VALUES (1978, 403, 'int4_ops', 11, 10, 1976, 23, true, 0), (3126, 403, 'text_ops', 11, 10, 1994, 25, true, 0), (3124, 403, 'int8_ops', 11, 10, 1976, 20, true, 0);
INSERT INTO pgc.pg_timezone_names VALUES ('UTC', 'UTC', '00:00:00', false);
INSERT INTO pgc.pg_tables SELECT n.nspname, c.relname, pgc.pg_get_userbyid(c.relowner), NULL, c.relhasindex, false, false, false FROM pgc.pg_class c JOIN pgc.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r';
INSERT INTO pgc.pg_views SELECT n.nspname, c.relname, pgc.pg_get_userbyid(c.relowner), '' FROM pgc.pg_class c JOIN pgc.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'v';
INSERT INTO pgc.pg_indexes SELECT n.nspname, t.relname, c.relname, NULL, pgc.pg_get_indexdef(c.oid) FROM pgc.pg_index i JOIN pgc.pg_class c ON c.oid = i.indexrelid JOIN pgc.pg_class t ON t.oid = i.indrelid JOIN pgc.pg_namespace n ON n.oid = c.relnamespace;
INSERT INTO pgc.pg_stat_user_tables (relid, schemaname, relname) SELECT c.oid, n.nspname, c.relname FROM pgc.pg_class c JOIN pgc.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.oid >= 16384;
INSERT INTO pgc.pg_stat_all_tables SELECT * FROM pgc.pg_stat_user_tables;
INSERT INTO pgc.pg_stat_activity (datid, datname, pid, usesysid, usename, application_name, state, query, backend_type) SELECT d.oid, d.datname, 1, 10, s.username, '', 'active', '', 'client backend' FROM pgc.pg_database d, pgc.server s;

CREATE VIEW infos.schemata AS SELECT s.database AS catalog_name, n.nspname AS schema_name, pgc.pg_get_userbyid(n.nspowner) AS schema_owner,
  NULL::VARCHAR AS default_character_set_catalog, NULL::VARCHAR AS default_character_set_schema, NULL::VARCHAR AS default_character_set_name, NULL::VARCHAR AS sql_path
  FROM pgc.pg_namespace n, pgc.server s;
CREATE VIEW infos.tables AS SELECT s.database AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type, NULL::VARCHAR AS self_referencing_column_name, NULL::VARCHAR AS reference_generation,
  NULL::VARCHAR AS user_defined_type_catalog, NULL::VARCHAR AS user_defined_type_schema, NULL::VARCHAR AS user_defined_type_name, 'NO' AS is_insertable_into, 'NO' AS is_typed, NULL::VARCHAR AS commit_action
  FROM pgc.pg_class c JOIN pgc.pg_namespace n ON n.oid = c.relnamespace, pgc.server s WHERE c.relkind IN ('r', 'v');
CREATE VIEW infos.views AS SELECT s.database AS table_catalog, v.schemaname AS table_schema, v.viewname AS table_name, v.definition AS view_definition, 'NONE' AS check_option,
  'NO' AS is_updatable, 'NO' AS is_insertable_into, 'NO' AS is_trigger_updatable, 'NO' AS is_trigger_deletable, 'NO' AS is_trigger_insertable_into FROM pgc.pg_views v, pgc.server s;
CREATE VIEW infos.columns AS SELECT s.database AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, a.attnum::INTEGER AS ordinal_position,
  NULL::VARCHAR AS column_default, CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS is_nullable,
  CASE WHEN t.typelem <> 0 AND t.typcategory = 'A' AND t.typname LIKE '\_%' ESCAPE '\' THEN 'ARRAY' ELSE pgc.format_type(a.atttypid, NULL) END AS data_type,
  pgc._pg_char_max_length(a.atttypid, a.atttypmod) AS character_maximum_length, pgc._pg_char_octet_length(a.atttypid, a.atttypmod) AS character_octet_length,
  pgc._pg_numeric_precision(a.atttypid, a.atttypmod) AS numeric_precision, pgc._pg_numeric_precision_radix(a.atttypid, a.atttypmod) AS numeric_precision_radix,
  pgc._pg_numeric_scale(a.atttypid, a.atttypmod) AS numeric_scale, pgc._pg_datetime_precision(a.atttypid, a.atttypmod) AS datetime_precision,
  NULL::VARCHAR AS interval_type, NULL::INTEGER AS interval_precision, NULL::VARCHAR AS character_set_catalog, NULL::VARCHAR AS character_set_schema, NULL::VARCHAR AS character_set_name,
  NULL::VARCHAR AS collation_catalog, NULL::VARCHAR AS collation_schema, NULL::VARCHAR AS collation_name, NULL::VARCHAR AS domain_catalog, NULL::VARCHAR AS domain_schema, NULL::VARCHAR AS domain_name,
  s.database AS udt_catalog, 'pg_catalog' AS udt_schema, t.typname AS udt_name, NULL::VARCHAR AS scope_catalog, NULL::VARCHAR AS scope_schema, NULL::VARCHAR AS scope_name,
  NULL::INTEGER AS maximum_cardinality, a.attnum::VARCHAR AS dtd_identifier, 'NO' AS is_self_referencing, 'NO' AS is_identity, NULL::VARCHAR AS identity_generation,
  NULL::VARCHAR AS identity_start, NULL::VARCHAR AS identity_increment, NULL::VARCHAR AS identity_maximum, NULL::VARCHAR AS identity_minimum, 'NO' AS identity_cycle,
  'NEVER' AS is_generated, NULL::VARCHAR AS generation_expression, 'NO' AS is_updatable
  FROM pgc.pg_attribute a JOIN pgc.pg_class c ON c.oid = a.attrelid JOIN pgc.pg_namespace n ON n.oid = c.relnamespace JOIN pgc.pg_type t ON t.oid = a.atttypid, pgc.server s
  WHERE c.relkind IN ('r', 'v') AND a.attnum > 0;
CREATE VIEW infos.table_constraints AS SELECT s.database AS constraint_catalog, n.nspname AS constraint_schema, o.conname AS constraint_name, s.database AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  CASE o.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' ELSE 'FOREIGN KEY' END AS constraint_type, 'NO' AS is_deferrable, 'NO' AS initially_deferred, 'YES' AS enforced, CASE o.contype WHEN 'u' THEN 'NO' END AS nulls_distinct
  FROM pgc.pg_constraint o JOIN pgc.pg_class c ON c.oid = o.conrelid JOIN pgc.pg_namespace n ON n.oid = c.relnamespace, pgc.server s;
CREATE VIEW infos.key_column_usage AS SELECT s.database AS constraint_catalog, n.nspname AS constraint_schema, k.conname AS constraint_name, s.database AS table_catalog, n.nspname AS table_schema, c.relname AS table_name,
  a.attname AS column_name, k.i::INTEGER AS ordinal_position, CASE WHEN k.contype = 'f' THEN k.i::INTEGER END AS position_in_unique_constraint
  FROM (SELECT o.*, unnest(range(1, len(o.conkey) + 1)) AS i FROM pgc.pg_constraint o) k JOIN pgc.pg_class c ON c.oid = k.conrelid JOIN pgc.pg_namespace n ON n.oid = c.relnamespace
  JOIN pgc.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[k.i], pgc.server s;
CREATE VIEW infos.referential_constraints AS SELECT s.database AS constraint_catalog, n.nspname AS constraint_schema, o.conname AS constraint_name, s.database AS unique_constraint_catalog, n.nspname AS unique_constraint_schema,
  p.conname AS unique_constraint_name, 'NONE' AS match_option, 'NO ACTION' AS update_rule, 'NO ACTION' AS delete_rule
  FROM pgc.pg_constraint o JOIN pgc.pg_namespace n ON n.oid = o.connamespace LEFT JOIN pgc.pg_constraint p ON p.conrelid = o.confrelid AND p.contype = 'p', pgc.server s WHERE o.contype = 'f';
CREATE VIEW infos.constraint_column_usage AS SELECT s.database AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name, s.database AS constraint_catalog, n.nspname AS constraint_schema, k.conname AS constraint_name
  FROM (SELECT o.conname, CASE o.contype WHEN 'f' THEN o.confrelid ELSE o.conrelid END AS rel, unnest(CASE o.contype WHEN 'f' THEN o.confkey ELSE o.conkey END) AS col FROM pgc.pg_constraint o) k
  JOIN pgc.pg_class c ON c.oid = k.rel JOIN pgc.pg_namespace n ON n.oid = c.relnamespace JOIN pgc.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.col, pgc.server s;
CREATE VIEW infos.table_privileges AS SELECT s.username AS grantor, s.username AS grantee, t.table_catalog, t.table_schema, t.table_name, 'SELECT' AS privilege_type, 'NO' AS is_grantable, 'YES' AS with_hierarchy FROM infos.tables t, pgc.server s;
CREATE VIEW infos.role_table_grants AS SELECT * FROM infos.table_privileges;
CREATE VIEW infos.column_privileges AS SELECT s.username AS grantor, s.username AS grantee, t.table_catalog, t.table_schema, t.table_name, t.column_name, 'SELECT' AS privilege_type, 'NO' AS is_grantable FROM infos.columns t, pgc.server s;
CREATE VIEW infos.role_column_grants AS SELECT * FROM infos.column_privileges;
CREATE VIEW infos.enabled_roles AS SELECT s.username AS role_name FROM pgc.server s;
CREATE VIEW infos.applicable_roles AS SELECT s.username AS grantee, s.username AS role_name, 'NO' AS is_grantable FROM pgc.server s;
CREATE VIEW infos.information_schema_catalog_name AS SELECT s.database AS catalog_name FROM pgc.server s;
CREATE VIEW infos.character_sets AS SELECT NULL::VARCHAR AS character_set_catalog, NULL::VARCHAR AS character_set_schema, 'UTF8' AS character_set_name, 'UCS' AS character_repertoire, 'UTF8' AS form_of_use,
  s.database AS default_collate_catalog, 'pg_catalog' AS default_collate_schema, 'C' AS default_collate_name FROM pgc.server s;
CREATE VIEW infos.collations AS SELECT s.database AS collation_catalog, 'pg_catalog' AS collation_schema, c.collname AS collation_name, 'NO PAD' AS pad_attribute FROM pgc.pg_collation c, pgc.server s;
CREATE TABLE infos.routines (specific_catalog VARCHAR, specific_schema VARCHAR, specific_name VARCHAR, routine_catalog VARCHAR, routine_schema VARCHAR, routine_name VARCHAR, routine_type VARCHAR, data_type VARCHAR, type_udt_name VARCHAR, routine_definition VARCHAR, external_language VARCHAR, is_deterministic VARCHAR, security_type VARCHAR);
CREATE TABLE infos.parameters (specific_catalog VARCHAR, specific_schema VARCHAR, specific_name VARCHAR, ordinal_position INTEGER, parameter_mode VARCHAR, parameter_name VARCHAR, data_type VARCHAR, udt_name VARCHAR, parameter_default VARCHAR);
CREATE TABLE infos.sequences (sequence_catalog VARCHAR, sequence_schema VARCHAR, sequence_name VARCHAR, data_type VARCHAR, start_value VARCHAR, minimum_value VARCHAR, maximum_value VARCHAR, increment VARCHAR, cycle_option VARCHAR);
CREATE TABLE infos.triggers (trigger_catalog VARCHAR, trigger_schema VARCHAR, trigger_name VARCHAR, event_manipulation VARCHAR, event_object_catalog VARCHAR, event_object_schema VARCHAR, event_object_table VARCHAR, action_order INTEGER, action_statement VARCHAR, action_orientation VARCHAR, action_timing VARCHAR);
CREATE TABLE infos.domains (domain_catalog VARCHAR, domain_schema VARCHAR, domain_name VARCHAR, data_type VARCHAR, udt_name VARCHAR, domain_default VARCHAR);
CREATE TABLE infos.check_constraints (constraint_catalog VARCHAR, constraint_schema VARCHAR, constraint_name VARCHAR, check_clause VARCHAR);
CREATE TABLE infos.element_types (object_catalog VARCHAR, object_schema VARCHAR, object_name VARCHAR, object_type VARCHAR, collection_type_identifier VARCHAR, data_type VARCHAR, udt_catalog VARCHAR, udt_schema VARCHAR, udt_name VARCHAR, dtd_identifier VARCHAR);
CREATE TABLE infos.foreign_tables (foreign_table_catalog VARCHAR, foreign_table_schema VARCHAR, foreign_table_name VARCHAR, foreign_server_name VARCHAR);
CREATE TABLE infos.usage_privileges (grantor VARCHAR, grantee VARCHAR, object_schema VARCHAR, object_name VARCHAR, object_type VARCHAR, privilege_type VARCHAR);
CREATE TABLE infos.view_table_usage (view_schema VARCHAR, view_name VARCHAR, table_schema VARCHAR, table_name VARCHAR);
