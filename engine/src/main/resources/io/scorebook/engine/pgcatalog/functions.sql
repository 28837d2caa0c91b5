-- The functions of PostgreSQL that statements on the catalog call and DuckDB has not, or has with
-- another meaning. Parameters begin with an underscore, so that no column hides them.
CREATE MACRO pgc.reg_oid(_k, _n) AS coalesce(try_cast(_n AS UINTEGER),
  (SELECT min(r.oid) FROM pgc.regnames r WHERE r.kind = _k AND r.name = _n::VARCHAR),
  (SELECT min(r.oid) FROM pgc.regnames r WHERE r.kind = _k AND r.name =
    CASE WHEN contains(_n::VARCHAR, '"') THEN regexp_replace(_n::VARCHAR, '"([a-z_][a-z0-9_$]*)"', '\1', 'g') ELSE lower(_n::VARCHAR) END));
CREATE MACRO pgc.reg_name(_k, _o) AS CASE WHEN _o IS NULL THEN NULL WHEN _o::UINTEGER = 0 THEN '-' ELSE
  coalesce((SELECT max(r.shown) FROM pgc.regnames r WHERE r.kind = _k AND r.oid = _o::UINTEGER), _o::VARCHAR) END;
CREATE MACRO pgc.to_regclass(_n) AS pgc.reg_oid('regclass', _n);
CREATE MACRO pgc.to_regtype(_n) AS pgc.reg_oid('regtype', _n);
CREATE MACRO pgc.to_regproc(_n) AS pgc.reg_oid('regproc', _n);
CREATE MACRO pgc.to_regnamespace(_n) AS pgc.reg_oid('regnamespace', _n);
CREATE MACRO pgc.to_regrole(_n) AS pgc.reg_oid('regrole', _n);
CREATE MACRO pgc.format_type(_o, _m) AS CASE WHEN _o IS NULL THEN NULL ELSE
  coalesce((SELECT max(r.shown) FROM pgc.regnames r WHERE r.kind = 'regtype' AND r.oid = _o::UINTEGER), '???') ||
  CASE WHEN _m IS NULL OR _m::INTEGER < 4 THEN ''
    WHEN _o::UINTEGER = 1700 THEN '(' || (((_m::INTEGER - 4) >> 16) & 65535) || ',' || ((_m::INTEGER - 4) & 65535) || ')'
    WHEN _o::UINTEGER IN (1042, 1043) THEN '(' || (_m::INTEGER - 4) || ')' ELSE '' END END;
CREATE MACRO pgc.class_of(_c) AS CASE _c WHEN 'pg_class' THEN 1259 WHEN 'pg_namespace' THEN 2615
  WHEN 'pg_type' THEN 1247 WHEN 'pg_proc' THEN 1255 WHEN 'pg_database' THEN 1262
  WHEN 'pg_constraint' THEN 2606 ELSE 0 END;
CREATE MACRO pgc.obj_description(_o) AS
  (SELECT max(d.description) FROM pgc.pg_description d WHERE d.objoid = _o AND d.objsubid = 0),
  (_o, _c) AS (SELECT max(d.description) FROM pgc.pg_description d
    WHERE d.objoid = _o AND d.objsubid = 0 AND d.classoid = pgc.class_of(_c));
CREATE MACRO pgc.col_description(_o, _n) AS
  (SELECT max(d.description) FROM pgc.pg_description d WHERE d.objoid = _o AND d.objsubid = _n AND d.classoid = 1259 AND _n > 0);
CREATE MACRO pgc.shobj_description(_o, _c) AS
  (SELECT max(d.description) FROM pgc.pg_shdescription d WHERE d.objoid = _o AND d.classoid = pgc.class_of(_c));
CREATE MACRO pgc.pg_get_expr(_e, _r) AS _e, (_e, _r, _p) AS _e;
CREATE MACRO pgc.pg_get_constraintdef(_o) AS (SELECT max(f.definition) FROM pgc.definitions f WHERE f.oid = _o),
  (_o, _p) AS (SELECT max(f.definition) FROM pgc.definitions f WHERE f.oid = _o);
CREATE MACRO pgc.pg_get_indexdef(_o) AS (SELECT max(f.definition) FROM pgc.definitions f WHERE f.oid = _o),
  (_o, _c, _p) AS CASE WHEN _c = 0 THEN (SELECT max(f.definition) FROM pgc.definitions f WHERE f.oid = _o)
    ELSE (SELECT max(a.attname) FROM pgc.pg_attribute a WHERE a.attrelid = _o AND a.attnum = _c) END;
CREATE MACRO pgc.pg_get_viewdef(_o) AS '', (_o, _p) AS '';
CREATE MACRO pgc.pg_get_ruledef(_o) AS '', (_o, _p) AS '';
CREATE MACRO pgc.pg_get_triggerdef(_o) AS '', (_o, _p) AS '';
CREATE MACRO pgc.pg_get_partkeydef(_o) AS NULL::VARCHAR;
CREATE MACRO pgc.pg_get_statisticsobjdef_columns(_o) AS NULL::VARCHAR;
CREATE MACRO pgc.pg_get_userbyid(_o) AS coalesce((SELECT max(u.rolname) FROM pgc.pg_authid u WHERE u.oid = _o), 'unknown (OID=' || _o || ')');
CREATE MACRO pgc.pg_get_serial_sequence(_t, _c) AS NULL::VARCHAR;
CREATE MACRO pgc.pg_get_function_arguments(_o) AS '';
CREATE MACRO pgc.pg_get_function_identity_arguments(_o) AS '';
CREATE MACRO pgc.pg_get_function_result(_o) AS NULL::VARCHAR;
CREATE MACRO pgc.pg_get_functiondef(_o) AS NULL::VARCHAR;
CREATE MACRO pgc.pg_get_function_sqlbody(_o) AS NULL::VARCHAR;
CREATE MACRO pgc.may_read(_p) AS regexp_matches(lower(_p), '(^|,)\s*(select|usage|connect|execute|member|set)\s*(,|$)');
CREATE MACRO pgc.has_schema_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_table_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_any_column_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_column_privilege(_o, _c, _p) AS pgc.may_read(_p), (_u, _o, _c, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_database_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_function_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_type_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_sequence_privilege(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.has_tablespace_privilege(_o, _p) AS false, (_u, _o, _p) AS false;
CREATE MACRO pgc.has_foreign_data_wrapper_privilege(_o, _p) AS false, (_u, _o, _p) AS false;
CREATE MACRO pgc.has_server_privilege(_o, _p) AS false, (_u, _o, _p) AS false;
CREATE MACRO pgc.pg_has_role(_o, _p) AS pgc.may_read(_p), (_u, _o, _p) AS pgc.may_read(_p);
CREATE MACRO pgc.row_security_active(_o) AS false;
CREATE MACRO pgc.pg_table_is_visible(_o) AS EXISTS (SELECT 1 FROM pgc.visible v WHERE v.oid = _o);
CREATE MACRO pgc.pg_type_is_visible(_o) AS true;
CREATE MACRO pgc.pg_function_is_visible(_o) AS true;
CREATE MACRO pgc.pg_operator_is_visible(_o) AS true;
CREATE MACRO pgc.pg_opclass_is_visible(_o) AS true;
CREATE MACRO pgc.pg_opfamily_is_visible(_o) AS true;
CREATE MACRO pgc.pg_collation_is_visible(_o) AS true;
CREATE MACRO pgc.pg_conversion_is_visible(_o) AS true;
CREATE MACRO pgc.pg_statistics_obj_is_visible(_o) AS true;
CREATE MACRO pgc.pg_ts_config_is_visible(_o) AS true;
CREATE MACRO pgc.pg_ts_dict_is_visible(_o) AS true;
CREATE MACRO pgc.pg_ts_parser_is_visible(_o) AS true;
CREATE MACRO pgc.pg_ts_template_is_visible(_o) AS true;
CREATE MACRO pgc.pg_relation_size(_o) AS 0::BIGINT, (_o, _f) AS 0::BIGINT;
CREATE MACRO pgc.pg_total_relation_size(_o) AS 0::BIGINT;
CREATE MACRO pgc.pg_table_size(_o) AS 0::BIGINT;
CREATE MACRO pgc.pg_indexes_size(_o) AS 0::BIGINT;
CREATE MACRO pgc.pg_database_size(_o) AS 0::BIGINT;
CREATE MACRO pgc.pg_tablespace_size(_o) AS 0::BIGINT;
CREATE MACRO pgc.pg_size_pretty(_n) AS CASE
  WHEN abs(_n) < 10240 THEN _n::BIGINT || ' bytes' WHEN abs(_n) < 10485760 THEN (_n / 1024)::BIGINT || ' kB'
  WHEN abs(_n) < 10737418240 THEN (_n / 1048576)::BIGINT || ' MB' ELSE (_n / 1073741824)::BIGINT || ' GB' END;
CREATE MACRO pgc.pg_relation_filenode(_o) AS NULL::UINTEGER;
CREATE MACRO pgc.pg_relation_is_publishable(_o) AS false;
CREATE MACRO pgc.pg_relation_is_updatable(_o, _i) AS 0;
CREATE MACRO pgc.pg_column_is_updatable(_o, _c, _i) AS false;
CREATE MACRO pgc.pg_stat_get_numscans(_o) AS 0::BIGINT;
CREATE MACRO pgc.pg_tablespace_location(_o) AS '';
CREATE MACRO pgc.pg_encoding_to_char(_e) AS CASE WHEN _e = 6 THEN 'UTF8' ELSE '' END;
CREATE MACRO pgc.pg_char_to_encoding(_e) AS CASE WHEN upper(_e) IN ('UTF8', 'UTF-8') THEN 6 ELSE -1 END;
CREATE MACRO pgc.pg_client_encoding() AS 'UTF8';
CREATE MACRO pgc.getdatabaseencoding() AS 'UTF8';
CREATE MACRO pgc.pg_is_in_recovery() AS false;
CREATE MACRO pgc.pg_is_wal_replay_paused() AS false;
CREATE MACRO pgc.pg_backend_pid() AS 1;
CREATE MACRO pgc.pg_my_temp_schema() AS 0::UINTEGER;
CREATE MACRO pgc.pg_is_other_temp_schema(_o) AS false;
CREATE MACRO pgc.pg_postmaster_start_time() AS (SELECT max(s.started) FROM pgc.server s);
CREATE MACRO pgc.pg_conf_load_time() AS (SELECT max(s.started) FROM pgc.server s);
CREATE MACRO pgc.txid_current() AS 1::BIGINT;
CREATE MACRO pgc.pg_current_xact_id() AS 1::BIGINT;
CREATE MACRO pgc.pg_current_xact_id_if_assigned() AS NULL::BIGINT;
CREATE MACRO pgc.txid_current_if_assigned() AS NULL::BIGINT;
CREATE MACRO pgc.pg_trigger_depth() AS 0;
CREATE MACRO pgc.inet_server_addr() AS NULL::VARCHAR;
CREATE MACRO pgc.inet_client_addr() AS NULL::VARCHAR;
CREATE MACRO pgc.inet_server_port() AS NULL::INTEGER;
CREATE MACRO pgc.inet_client_port() AS NULL::INTEGER;
CREATE MACRO pgc.version() AS (SELECT max(s.version) FROM pgc.server s);
CREATE MACRO pgc.current_user() AS (SELECT max(s.username) FROM pgc.server s);
CREATE MACRO pgc.current_database() AS (SELECT max(s.database) FROM pgc.server s);
CREATE MACRO pgc.current_schema() AS (SELECT max(s.schema) FROM pgc.server s);
-- What only clients hear of may be set so; what changes answers is set by SET.
CREATE MACRO pgc.set_config(_n, _v, _l) AS CASE
  WHEN lower(_n::VARCHAR) IN ('timezone', 'statement_timeout') OR lower(_n::VARCHAR) LIKE 'scorebook.%'
    OR (lower(_n::VARCHAR) = 'search_path' AND coalesce(_v::VARCHAR, '') <> '')
  THEN error('Cannot set ' || _n::VARCHAR || ' by set_config: write SET ' || _n::VARCHAR || ' = ...')
  ELSE _v::VARCHAR END;
CREATE MACRO pgc.array_to_string(_l, _s) AS CASE WHEN _l IS NULL THEN NULL ELSE
  coalesce(list_aggregate(_l::VARCHAR[], 'string_agg', _s), '') END,
  (_l, _s, _n) AS CASE WHEN _l IS NULL THEN NULL ELSE
  coalesce(list_aggregate([coalesce(_x, _n) FOR _x IN _l::VARCHAR[]], 'string_agg', _s), '') END;
CREATE MACRO pgc.array_text(_l) AS '{' || list_aggregate(_l::VARCHAR[], 'string_agg', ',') || '}';
CREATE MACRO pgc.array_upper(_l, _d) AS CASE WHEN _d = 1 AND len(_l) > 0 THEN len(_l)::INTEGER END;
CREATE MACRO pgc.array_lower(_l, _d) AS CASE WHEN _d = 1 AND len(_l) > 0 THEN 1 END;
CREATE MACRO pgc.array_length(_l, _d) AS CASE WHEN _d = 1 AND len(_l) > 0 THEN len(_l)::INTEGER END;
CREATE MACRO pgc.cardinality(_l) AS len(_l)::INTEGER;
CREATE MACRO pgc.quote_ident(_n) AS CASE WHEN regexp_full_match(_n, '[a-z_][a-z0-9_$]*') THEN _n
  ELSE '"' || replace(_n, '"', '""') || '"' END;
CREATE MACRO pgc.quote_literal(_n) AS '''' || replace(_n::VARCHAR, '''', '''''') || '''';
CREATE MACRO pgc.quote_nullable(_n) AS coalesce('''' || replace(_n::VARCHAR, '''', '''''') || '''', 'NULL');
CREATE MACRO pgc.format_value(_k, _x) AS CASE _k WHEN '%I' THEN pgc.quote_ident(_x::VARCHAR) WHEN '%L' THEN pgc.quote_nullable(_x) ELSE coalesce(_x::VARCHAR, '') END;
CREATE MACRO pgc.format_part(_f, _n) AS string_split_regex(_f, '%[sIL]')[_n];
CREATE MACRO pgc.format_kind(_f, _n) AS regexp_extract_all(_f, '%[sIL]')[_n];
CREATE MACRO pgc.format(_f) AS _f,
  (_f, _a) AS pgc.format_part(_f, 1) || pgc.format_value(pgc.format_kind(_f, 1), _a) || pgc.format_part(_f, 2),
  (_f, _a, _b) AS pgc.format_part(_f, 1) || pgc.format_value(pgc.format_kind(_f, 1), _a) || pgc.format_part(_f, 2) || pgc.format_value(pgc.format_kind(_f, 2), _b) || pgc.format_part(_f, 3);
CREATE MACRO pgc.parse_ident(_n) AS [CASE WHEN _p LIKE '"%' THEN replace(_p[2:-2], '""', '"') ELSE lower(_p) END FOR _p IN regexp_extract_all(_n, '"(?:[^"]|"")*"|[^.]+')];
CREATE MACRO pgc.btrim(_s) AS trim(_s), (_s, _c) AS trim(_s, _c);
CREATE MACRO pgc.char_length(_s) AS length(_s);
CREATE MACRO pgc.character_length(_s) AS length(_s);
CREATE MACRO pgc.pg_typeof(_x) AS CASE typeof(_x) WHEN 'VARCHAR' THEN 'text' WHEN 'INTEGER' THEN 'integer' WHEN 'BIGINT' THEN 'bigint'
  WHEN 'SMALLINT' THEN 'smallint' WHEN 'UINTEGER' THEN 'oid' WHEN 'DOUBLE' THEN 'double precision' WHEN 'BOOLEAN' THEN 'boolean'
  WHEN 'DATE' THEN 'date' WHEN 'TIMESTAMP' THEN 'timestamp without time zone' ELSE 'numeric' END;
CREATE MACRO pgc._pg_expandarray(_l) AS unnest([{'x': _l[_i], 'n': _i::INTEGER} FOR _i IN range(1, len(_l) + 1)]);
CREATE MACRO pgc._pg_char_max_length(_t, _m) AS CASE WHEN _t IN (1042, 1043) AND _m >= 4 THEN _m - 4 END;
CREATE MACRO pgc._pg_char_octet_length(_t, _m) AS CASE WHEN _t IN (25, 1042, 1043) THEN 1073741824 END;
CREATE MACRO pgc._pg_numeric_precision(_t, _m) AS CASE _t WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 700 THEN 24
  WHEN 701 THEN 53 WHEN 1700 THEN CASE WHEN _m >= 4 THEN ((_m - 4) >> 16) & 65535 END END;
CREATE MACRO pgc._pg_numeric_precision_radix(_t, _m) AS CASE WHEN _t IN (21, 23, 20, 700, 701) THEN 2 WHEN _t = 1700 THEN 10 END;
CREATE MACRO pgc._pg_numeric_scale(_t, _m) AS CASE WHEN _t IN (21, 23, 20) THEN 0 WHEN _t = 1700 AND _m >= 4 THEN (_m - 4) & 65535 END;
CREATE MACRO pgc._pg_datetime_precision(_t, _m) AS CASE WHEN _t = 1082 THEN 0 WHEN _t IN (1083, 1114, 1184, 1266) THEN CASE WHEN _m < 0 THEN 6 ELSE _m END END;
CREATE MACRO pgc.acldefault(_t, _o) AS NULL::VARCHAR[];
CREATE MACRO pgc.now() AS cast(get_current_timestamp() AS TIMESTAMP WITH TIME ZONE);
CREATE MACRO pgc.clock_timestamp() AS get_current_timestamp();
CREATE MACRO pgc.statement_timestamp() AS get_current_timestamp();
CREATE MACRO pgc.transaction_timestamp() AS get_current_timestamp();
CREATE MACRO pgc.pg_get_keywords() AS TABLE SELECT w AS word, 'R' AS catcode, 'reserved' AS catdesc, false AS barelabel FROM unnest(
  ['all', 'and', 'any', 'array', 'as', 'asc', 'between', 'both', 'case', 'cast', 'check', 'collate', 'column', 'constraint', 'create',
   'default', 'desc', 'distinct', 'else', 'end', 'except', 'false', 'fetch', 'for', 'foreign', 'from', 'grant', 'group', 'having', 'in',
   'intersect', 'into', 'join', 'lateral', 'leading', 'limit', 'not', 'null', 'offset', 'on', 'only', 'or', 'order', 'over', 'primary',
   'references', 'select', 'some', 'table', 'then', 'to', 'trailing', 'true', 'union', 'unique', 'user', 'using', 'when', 'where',
   'window', 'with']) AS k(w);
CREATE MACRO pgc.json_build_object() AS json_object()::VARCHAR,
  (_a, _b) AS json_object(_a::VARCHAR, _b)::VARCHAR,
  (_a, _b, _c, _d) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d)::VARCHAR,
  (_a, _b, _c, _d, _e, _f) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h, _i, _j) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h, _i::VARCHAR, _j)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h, _i, _j, _k, _l) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h, _i::VARCHAR, _j, _k::VARCHAR, _l)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h, _i, _j, _k, _l, _m, _n) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h, _i::VARCHAR, _j, _k::VARCHAR, _l, _m::VARCHAR, _n)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h, _i, _j, _k, _l, _m, _n, _o, _p) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h, _i::VARCHAR, _j, _k::VARCHAR, _l, _m::VARCHAR, _n, _o::VARCHAR, _p)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h, _i, _j, _k, _l, _m, _n, _o, _p, _q, _r) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h, _i::VARCHAR, _j, _k::VARCHAR, _l, _m::VARCHAR, _n, _o::VARCHAR, _p, _q::VARCHAR, _r)::VARCHAR,
  (_a, _b, _c, _d, _e, _f, _g, _h, _i, _j, _k, _l, _m, _n, _o, _p, _q, _r, _s, _t) AS json_object(_a::VARCHAR, _b, _c::VARCHAR, _d, _e::VARCHAR, _f, _g::VARCHAR, _h, _i::VARCHAR, _j, _k::VARCHAR, _l, _m::VARCHAR, _n, _o::VARCHAR, _p, _q::VARCHAR, _r, _s::VARCHAR, _t)::VARCHAR;
