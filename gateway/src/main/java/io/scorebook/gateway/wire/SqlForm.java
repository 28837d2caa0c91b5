package io.scorebook.gateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.scorebook.engine.answer.AsOf;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.session.SqlParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/sql`: `{"sql":"SELECT ... WHERE season = ?","parameters":[2018]}`.
public final class SqlForm {
  private static final Set<String> KEYS = Set.of("sql", "parameters", "engine", "asOf");

  private SqlForm() {}

  /// Reads a query, its parameters put in.
  ///
  /// @throws io.scorebook.gateway.session.ProblemException with all that is wrong with its form
  public static Ask.Sql read(byte[] body) {
    JsonNode json = Json.parse(body);
    var reader = new FormReader();
    if (!reader.isObject(json, "", KEYS)) {
      reader.done();
    }
    String sql = reader.text(json, "", "sql");
    var engine = reader.findText(json, "", "engine");
    AsOf asOf = reader.asOf(json, "asOf");
    List<JsonNode> items = reader.items(json, "", "parameters");
    var parameters = new ArrayList<@Nullable Object>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      if (item.isNull()) {
        parameters.add(null);
      } else if (item.isTextual()) {
        parameters.add(item.textValue());
      } else if (item.isBoolean()) {
        parameters.add(item.booleanValue());
      } else if (item.isNumber()) {
        reader.number(item, "parameters[%d]".formatted(i)).ifPresent(parameters::add);
      } else {
        reader.issue(
            "parameters[%d]".formatted(i),
            "Invalid 'parameters[%d]': must be a text, a number, true, false or null".formatted(i));
      }
    }
    reader.done();
    return new Ask.Sql(SqlParameters.bind(sql, parameters), engine, asOf);
  }

  /// The body that asks this: what [#read] reads.
  public static byte[] write(Ask.Sql ask) {
    return Json.bytes(plain(ask));
  }

  /// The same as text, for a command line to show.
  public static String text(Ask.Sql ask) {
    return Json.text(plain(ask));
  }

  private static LinkedHashMap<String, Object> plain(Ask.Sql ask) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("sql", ask.sql());
    ask.engine().ifPresent(engine -> plain.put("engine", engine));
    ask.asOf().text().ifPresent(asOf -> plain.put("asOf", asOf));
    return plain;
  }
}
