package io.scorebook.semantic.check;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Suggestions;
import io.scorebook.semantic.plan.Grain;
import java.util.Set;
import java.util.TreeSet;

/// A calendar is a dimension over a time dimension, and some dataset sees both.
final class Calendars implements Rule {
  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .model()
        .calendars()
        .forEach((calendar, time) -> {
          boolean seen =
              subject.model().datasets().stream()
                  .map(dataset -> subject.reach().visible(dataset).keySet())
                  .anyMatch(names -> names.contains(calendar) && names.contains(time));
          if (!seen) {
            Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            subject
                .model()
                .datasets()
                .forEach(dataset -> known.addAll(subject.reach().visible(dataset).keySet()));
            String unknown = known.contains(calendar) ? time : calendar;
            findings.error(
                subject.model().conformedAt(),
                "Cannot use '%s' as a calendar of '%s': no dataset has both dimensions"
                    .formatted(calendar, time),
                Suggestions.clause(unknown, known));
          }
          if (Grain.find(calendar).isPresent()) {
            findings.error(
                subject.model().conformedAt(),
                "Cannot have a calendar '%s': so is a grain called".formatted(calendar),
                "rename the dimension");
          }
        });
  }
}
