package io.scorebook.gateway.cli;

import io.scorebook.catalog.policy.Access;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.domain.Domain;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What somebody sees of a domain, told to its owner.
final class SeenDomain {
  private final Domain whole;
  private final Domain seen;
  private final Access access;

  SeenDomain(Domain whole, Caller caller) {
    this.whole = whole;
    this.seen = whole.seenBy(caller);
    this.access = seen.access();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("domain " + whole.name());
    if (access.seesAll()) {
      lines.add("  all of it");
      return lines;
    }
    add(
        lines,
        "products",
        names(whole, Domain::products, p -> p.name()),
        names(seen, Domain::products, p -> p.name()));
    add(lines, "datasets", datasets(whole), datasets(seen));
    add(lines, "metrics", metrics(whole), metrics(seen));
    add(lines, "fields", fields(whole), fields(seen));
    access
        .tables()
        .forEach((table, kept) -> {
          lines.add("  table " + table);
          kept.rows()
              .ifPresent(rows -> {
                if (rows.anyOf().isEmpty()) {
                  lines.add("    rows: none, no rule lets him see one");
                }
                rows.anyOf().forEach(one -> lines.add("    rows: " + words(one)));
                rows.allOf().forEach(one -> lines.add("    rows, only: " + words(one)));
              });
          kept.columns()
              .values()
              .forEach(rule ->
                  lines.add(
                      "    %s: %s"
                          .formatted(
                              rule.column(),
                              rule.mask()
                                  .map(mask -> "masked by " + mask.words())
                                  .orElse("hidden"))));
        });
    access
        .groupSizes()
        .values()
        .forEach(rule ->
            lines.add(
                "  metric %s: NULL in groups of fewer than %d %s"
                    .formatted(rule.metric(), rule.atLeast(), rule.of())));
    return lines;
  }

  private static String words(Access.Condition condition) {
    return "%s (%s)%s"
        .formatted(
            condition.rule(),
            condition.sql(),
            condition.attributes().isEmpty() ? "" : ", caller " + condition.attributes());
  }

  private static void add(List<String> lines, String what, Set<String> all, Set<String> seen) {
    var hidden = new TreeSet<>(all);
    hidden.removeAll(seen);
    lines.add(
        "  %s: %s%s"
            .formatted(
                what,
                hidden.isEmpty() ? "all" : seen.isEmpty() ? "none" : String.join(", ", seen),
                hidden.isEmpty() ? "" : "; not " + String.join(", ", hidden)));
  }

  private static <T> Set<String> names(
      Domain domain,
      java.util.function.Function<Domain, List<T>> things,
      java.util.function.Function<T, String> name) {
    var names = new TreeSet<String>();
    things.apply(domain).forEach(thing -> names.add(name.apply(thing)));
    return names;
  }

  private static Set<String> datasets(Domain domain) {
    return names(domain, of -> of.model().datasets(), Dataset::name);
  }

  private static Set<String> metrics(Domain domain) {
    return names(domain, of -> of.model().metrics(), Metric::name);
  }

  private static Set<String> fields(Domain domain) {
    var names = new TreeSet<String>();
    domain
        .model()
        .datasets()
        .forEach(dataset ->
            dataset.fields().forEach(field -> names.add(dataset.name() + "." + field.name())));
    return names;
  }
}
