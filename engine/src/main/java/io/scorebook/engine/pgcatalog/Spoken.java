package io.scorebook.engine.pgcatalog;

import java.util.Set;

/// What statements on the catalog may be made of. Nothing else of DuckDB can be reached.
final class Spoken {
  static final Set<String> NODES =
      Set.of(
          "SELECT_NODE",
          "SET_OPERATION_NODE",
          "RECURSIVE_CTE_NODE",
          "CTE_NODE",
          "BASE_TABLE",
          "SUBQUERY",
          "JOIN",
          "TABLE_FUNCTION",
          "EXPRESSION_LIST",
          "EMPTY",
          "ORDER_MODIFIER",
          "LIMIT_MODIFIER",
          "DISTINCT_MODIFIER",
          "ASCENDING",
          "DESCENDING",
          "ORDER_DEFAULT");
  static final Set<String> CLASSES =
      Set.of(
          "CONSTANT",
          "COLUMN_REF",
          "FUNCTION",
          "OPERATOR",
          "CONJUNCTION",
          "COMPARISON",
          "CASE",
          "CAST",
          "SUBQUERY",
          "STAR",
          "COLLATE",
          "PARAMETER",
          "BETWEEN",
          "WINDOW",
          "TYPE",
          "POSITIONAL_REFERENCE");
  static final Set<String> FUNCTIONS =
      Set.of(
          ("+ - * / // % ^ & | << >> ~ || ~~ !~~ ~~* !~~* count count_star sum min max avg bool_or bool_and"
                  + " every array_agg string_agg list_value list_contains struct_pack row unnest generate_series"
                  + " generate_subscripts regexp_matches regexp_replace regexp_full_match like_escape"
                  + " not_like_escape ilike_escape not_ilike_escape lower upper length substring substr trim"
                  + " ltrim rtrim replace translate position strpos instr concat concat_ws coalesce nullif"
                  + " greatest least abs round floor ceil ceiling trunc mod power sqrt sign left right lpad"
                  + " rpad repeat reverse split_part starts_with md5 ascii chr octet_length bit_length"
                  + " string_to_array array_append array_cat array_position to_days to_hours to_minutes"
                  + " to_seconds to_months to_years date_part date_trunc timezone row_number rank dense_rank"
                  + " lag lead first_value last_value ntile initcap json_build_object current_date"
                  + " array_prepend list_concat array_remove")
              .split(" "));

  /// Those that give rows.
  static final Set<String> TABLE_FUNCTIONS =
      Set.of("unnest", "generate_series", "generate_subscripts", "pg_get_keywords");

  /// Functions that are called without brackets.
  static final Set<String> WHO = Set.of("current_user", "session_user", "user", "current_role");

  /// Columns that hold functions, which are told by their names.
  static final Set<String> FUNCTION_COLUMNS =
      Set.of("typinput", "typoutput", "typreceive", "typsend");

  /// Columns of vectors, which are counted from 0, and written without brackets.
  static final Set<String> VECTORS =
      Set.of("indkey", "indclass", "indoption", "indcollation", "proargtypes");

  static final Set<String> ARRAYS = Set.of("conkey", "confkey");

  private Spoken() {}
}
