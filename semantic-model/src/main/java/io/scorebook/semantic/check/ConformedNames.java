package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.model.Dataset;
import io.scorebook.semantic.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A conformed dimension is seen on at least two datasets, and has one type and one role in time on
/// all of them.
final class ConformedNames implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    for (String name : subject.model().conformed()) {
      List<Dataset> seeing = new ArrayList<>();
      var fields = new TreeMap<String, Field>();
      Set<String> visible = new TreeSet<>();
      for (Dataset dataset : subject.model().datasets()) {
        var names = subject.reach().visible(dataset);
        visible.addAll(names.keySet());
        List<Reach.Path> paths = names.getOrDefault(name, List.of());
        if (!paths.isEmpty()) {
          seeing.add(dataset);
        }
        for (Reach.Path path : paths) {
          path.end()
              .findField(path.seen())
              .ifPresent(field -> fields.put(path.end().name() + "." + field.name(), field));
        }
      }
      if (seeing.size() < 2) {
        findings.error(
            subject.model().conformedAt(),
            "Cannot conform '%s': %s"
                .formatted(
                    name,
                    seeing.isEmpty()
                        ? "no dataset has such a dimension"
                        : "only dataset '%s' has it".formatted(seeing.getFirst().name())),
            seeing.isEmpty()
                ? Suggestions.clause(name, visible)
                : "remove it from the conformed names");
      }
      checkAlike(subject, name, fields, findings);
    }
  }

  private static void checkAlike(
      Subject subject, String name, TreeMap<String, Field> fields, Findings findings) {
    if (fields.size() < 2) {
      return;
    }
    var first = fields.firstEntry();
    fields.forEach((where, field) -> {
      if (!Objects.equals(field.datatype(), first.getValue().datatype())
          || field.isTime() != first.getValue().isTime()) {
        findings.error(
            subject.model().conformedAt(),
            "Cannot conform '%s': %s is %s and %s is %s"
                .formatted(
                    name, first.getKey(), describe(first.getValue()), where, describe(field)),
            "give both the same datatype and is_time");
      }
    });
  }

  private static String describe(Field field) {
    return field.datatype().map(Field.DataType::ossieName).orElse("of no datatype")
        + (field.isTime() ? " (time)" : "");
  }
}
