package io.scorebook.catalog.load;

import io.scorebook.catalog.contract.Contract;
import io.scorebook.catalog.contract.Contract.Field;
import io.scorebook.documents.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which column of a file is which field of the contract: by name or alias, without regard to case.
///
/// @param fieldOfColumn the position of the field for each column, -1 for columns not known
/// @param ignored the columns not known
record ColumnMatch(int[] fieldOfColumn, Set<String> ignored) {

  /// The fields' positions by all names they go by, in lower case.
  static Map<String, Integer> names(Contract contract) {
    var names = new HashMap<String, Integer>();
    List<Field> fields = contract.fields();
    for (int i = 0; i < fields.size(); i++) {
      names.put(fields.get(i).name().toLowerCase(Locale.ROOT), i);
      for (String alias : fields.get(i).aliases()) {
        names.put(alias.toLowerCase(Locale.ROOT), i);
      }
    }
    return names;
  }

  /// Matches the columns of a file that names them once, and refuses a file that lacks one or has
  /// one twice.
  static ColumnMatch of(Contract contract, String file, List<String> columns) {
    Map<String, Integer> names = names(contract);
    var fieldOfColumn = new int[columns.size()];
    Arrays.fill(fieldOfColumn, -1);
    var columnOfField = new int[contract.fields().size()];
    Arrays.fill(columnOfField, -1);
    var ignored = new LinkedHashSet<String>();
    var problems = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      Integer field = names.get(columns.get(i).strip().toLowerCase(Locale.ROOT));
      if (field == null) {
        ignored.add(columns.get(i).strip());
      } else if (columnOfField[field] >= 0) {
        problems.add(
            "both columns '%s' and '%s' are the field '%s'"
                .formatted(
                    columns.get(columnOfField[field]),
                    columns.get(i),
                    contract.fields().get(field).name()));
      } else {
        fieldOfColumn[i] = field;
        columnOfField[field] = i;
      }
    }
    for (int field = 0; field < columnOfField.length; field++) {
      Field missing = contract.fields().get(field);
      if (columnOfField[field] < 0 && !missing.mayBeMissing()) {
        problems.add(missing(missing, ignored));
      }
    }
    if (!problems.isEmpty()) {
      throw new UnreadableSource(
          "Cannot read %s:1: %s".formatted(file, String.join("; ", problems)));
    }
    return new ColumnMatch(fieldOfColumn, ignored);
  }

  static String missing(Field field, Set<String> present) {
    var wanted = new ArrayList<String>();
    wanted.add(field.name());
    wanted.addAll(field.aliases());
    List<String> similar =
        wanted.stream()
            .flatMap(name -> Suggestions.similar(name, present).stream())
            .distinct()
            .limit(3)
            .toList();
    return "there is no column '%s'%s%s"
        .formatted(
            field.name(),
            field.aliases().isEmpty() ? "" : " (also known as " + field.aliases() + ")",
            similar.isEmpty() ? "" : "; did you mean " + similar + "?");
  }
}
