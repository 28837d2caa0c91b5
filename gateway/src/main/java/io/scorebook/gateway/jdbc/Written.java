package io.scorebook.gateway.jdbc;

/// What may be written in a query, as JDBC wants it told: names parted by commas. What each means
/// is in `docs/functions.md`.
final class Written {
  /// Those of ours that are none of SQL:2003.
  static final String KEYWORDS = "AGG,AGGREGATE,ILIKE,MEASURE,QUALIFY,TOP";

  static final String NUMERIC =
      "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,ROUND,"
          + "SIGN,SIN,SQRT,TAN,TRUNCATE";

  static final String STRING =
      "CHARINDEX,CONCAT,CONTAINS,LEFT,LENGTH,LOWER,LTRIM,POSITION,REPLACE,RIGHT,RTRIM,SPLIT_PART,"
          + "SUBSTRING,TRIM,UPPER";

  static final String SYSTEM = "COALESCE,IFNULL,NULLIF";

  static final String TIME =
      "CURRENT_DATE,CURRENT_TIMESTAMP,DATEADD,DATEDIFF,DATE_PART,DATE_TRUNC,DAY,EXTRACT,HOUR,MINUTE,"
          + "MONTH,QUARTER,SECOND,YEAR";

  private Written() {}
}
