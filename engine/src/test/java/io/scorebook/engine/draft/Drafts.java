package io.scorebook.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.documents.Findings;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.draft.Draft.Outcome;
import io.scorebook.engine.draft.document.ModelPlan.ModelMetric;
import io.scorebook.engine.draft.guess.DraftColumn;
import io.scorebook.engine.draft.guess.DraftTable;
import io.scorebook.engine.draft.guess.Link;
import io.scorebook.semantic.check.ModelLint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Drafts of files that a test writes.
final class Drafts {
  private final Path folder;

  Drafts(Path folder) {
    this.folder = folder;
  }

  /// Writes a file, in folders where the name has some.
  Drafts file(String name, String text) {
    try {
      Path file = folder.resolve("files").resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Outcome outcome() {
    return Draft.of(List.of(folder.resolve("files")), "shop", _ -> {});
  }

  /// The draft of all files, which must be a domain that nothing can be said against.
  Draft draft() {
    assertThat(outcome()).isInstanceOf(Outcome.Drafted.class);
    Draft draft = ((Outcome.Drafted) outcome()).draft();
    Path place = folder.resolve("domain");
    try {
      for (Map.Entry<String, String> document : draft.documents().entrySet()) {
        Path file = place.resolve(document.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, document.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var findings = new Findings();
    Optional<Domain> domain = Domain.read(place, findings);
    domain.ifPresent(read -> ModelLint.check(read.model(), Optional.empty(), findings));
    assertThat(findings.toList()).isEmpty();
    return draft;
  }

  List<String> reasons() {
    assertThat(outcome()).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome()).reasons();
  }

  static DraftTable table(Draft draft, String name) {
    return draft.plan().guesses().table(name);
  }

  static DraftColumn column(Draft draft, String table, String name) {
    return table(draft, table).columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> key(Draft draft, String table) {
    return table(draft, table).key().columns().stream().map(DraftColumn::name).toList();
  }

  /// As `orders(customer_id) > customers`.
  static List<String> links(Draft draft) {
    return draft.plan().guesses().links().stream()
        .map((Link link) ->
            "%s(%s) > %s".formatted(link.from(), String.join(", ", link.fromColumns()), link.to()))
        .toList();
  }

  /// As `SUM(orders.total)`.
  static List<String> metrics(Draft draft) {
    return draft.plan().metrics().stream()
        .map((ModelMetric m) ->
            "%s(%s.%s)".formatted(m.aggregate(), m.table().name(), m.field().name()))
        .toList();
  }
}
