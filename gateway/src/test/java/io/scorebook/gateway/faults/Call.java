package io.scorebook.gateway.faults;

/// The kinds of calls to an object store.
enum Call {
  GET_DATA("GET data file"),
  /// Data files of the platform's own tables, in which proofs are kept.
  GET_KEPT("GET what is kept"),
  GET_METADATA("GET metadata"),
  HEAD("HEAD"),
  PUT_DATA("PUT data file"),
  PUT_METADATA("PUT metadata"),
  START_PARTS("POST multipart, begin"),
  PUT_PART("PUT multipart, part"),
  END_PARTS("POST multipart, end"),
  LIST("LIST"),
  DELETE("DELETE"),
  OTHER("other");

  private final String words;

  Call(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /// @param target the path and the query of the request
  static Call of(String method, String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    boolean isData = path.endsWith(".parquet");
    boolean isKept = path.contains("/scorebook__");
    boolean isObject = path.indexOf('/', 1) > 0 && !path.endsWith("/");
    return switch (method) {
      case "GET" ->
          query.contains("list-type")
              ? LIST
              : isData ? isKept ? GET_KEPT : GET_DATA : isObject ? GET_METADATA : OTHER;
      case "HEAD" -> isObject ? HEAD : OTHER;
      case "PUT" -> query.contains("partNumber") ? PUT_PART : isData ? PUT_DATA : PUT_METADATA;
      case "POST" ->
          query.contains("uploadId")
              ? END_PARTS
              : query.contains("uploads") ? START_PARTS : query.contains("delete") ? DELETE : OTHER;
      case "DELETE" -> DELETE;
      default -> OTHER;
    };
  }
}
