package io.scorebook.semantic.imports;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the YAML files of Cube: cubes with their joins, dimensions, measures and segments.
public final class CubeImport {
  private static final Pattern WHOLE_TABLE =
      Pattern.compile("(?is)\\s*SELECT\\s+\\*\\s+FROM\\s+([\\w.\"`]+)\\s*;?\\s*");

  private CubeImport() {}

  /// @param domain the name of the model that is drafted, and the namespace of its tables
  /// @param findings what is no YAML
  public static Draft read(String domain, List<SourceDocument> sources, Findings findings) {
    var fidelity = new Fidelity();
    var cubes = new LinkedHashMap<String, CubeModel>();
    for (SourceDocument source : sources) {
      readFile(source, cubes, fidelity, findings);
    }
    var types = new ColumnTypes();
    var draft = new Drafting(domain, fidelity);
    var datasets = new CubeDatasets(domain, List.copyOf(cubes.values()), fidelity, types);
    new CubeMeasures(List.copyOf(cubes.values()), datasets, draft, fidelity).translate();
    datasets.addTo(draft);
    for (CubeModel cube : cubes.values()) {
      cube.dimensions().forEach(d -> d.tellRest("dimension " + d.name(), fidelity));
      cube.joins().forEach(j -> j.tellRest("join " + j.name(), fidelity));
      cube.segments().forEach(s -> s.tellRest("segment " + s.name(), fidelity));
    }
    String from = sources.isEmpty() ? "nothing" : sources.getFirst().name();
    return draft.finish(types, datasets.primaryKeys(), from);
  }

  private static void readFile(
      SourceDocument source, Map<String, CubeModel> cubes, Fidelity fidelity, Findings findings) {
    Optional<Value> document = Document.parse(source.name(), source.text(), findings);
    if (!(document.orElse(null) instanceof Value.Mapping mapping)) {
      return;
    }
    var root = new Given(mapping);
    for (Given given : root.list("cubes")) {
      readCube(given, fidelity).ifPresent(cube -> cubes.put(cube.name(), cube));
    }
    for (Given view : root.list("views")) {
      fidelity.unsupported(
          "view",
          view.name(),
          view.at(),
          "it chooses members of cubes; ask the datasets, or write it as a product");
    }
    root.tellRest(source.name(), fidelity);
  }

  private static Optional<CubeModel> readCube(Given given, Fidelity fidelity) {
    given.ignore(
        "title",
        "meta",
        "refresh_key",
        "data_source",
        "sql_alias",
        "name",
        "extends",
        "access_policy",
        "public",
        "shown");
    if (given.has("extends")) {
      fidelity.partial("cube", given.name(), given.at(), "what it extends is not taken over");
    }
    if (given.has("access_policy")) {
      fidelity.unsupported(
          "access policy", given.name(), given.at(), "write who may read what in policies.yaml");
    }
    for (Given rollup : given.list("pre_aggregations")) {
      fidelity.unsupported(
          "pre-aggregation", rollup.name(), rollup.at(), "it is about speed, and no value changes");
    }
    if (given.text("public").or(() -> given.text("shown")).filter("false"::equals).isPresent()) {
      fidelity.partial("cube", given.name(), given.at(), "it is hidden there, and seen here");
    }
    Optional<String> table = table(given);
    if (table.isEmpty()) {
      fidelity.unsupported(
          "cube",
          given.name(),
          given.at(),
          "its rows are a query; write it as the source of a dataset, over tables that have contracts;"
              + " its %d dimensions and %d measures are left out with it"
                  .formatted(given.list("dimensions").size(), given.list("measures").size()));
      return Optional.empty();
    }
    var cube =
        new CubeModel(
            given.name(),
            table.get(),
            given.text("description"),
            given.list("dimensions"),
            given.list("measures"),
            given.list("joins"),
            given.list("segments"),
            given.at());
    fidelity.exact("cube", given.name(), given.at());
    given.tellRest("cube " + given.name(), fidelity);
    return Optional.of(cube);
  }

  private static Optional<String> table(Given given) {
    Optional<String> named = given.text("sql_table");
    if (named.isEmpty()) {
      Matcher whole = WHOLE_TABLE.matcher(given.text("sql").orElse(""));
      named = whole.matches() ? Optional.of(whole.group(1)) : Optional.empty();
    }
    return named
        .map(name -> name.replaceAll("[\"`]", "").strip())
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .filter(name -> name.matches("[A-Za-z_]\\w*"));
  }
}
