package io.scorebook.semantic.imports;

import io.scorebook.documents.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// How true each construct came through.
public final class Fidelity {
  private final List<Entry> entries = new ArrayList<>();

  /// The worst last.
  public enum Grade {
    /// It means the same.
    EXACT,
    /// It means the same but for what the reason says.
    PARTIAL,
    /// It was left out.
    UNSUPPORTED;

    /// As documents write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param construct `metric`, `dimension`, `join` and so on, in the words of its house
  /// @param reason empty where it is exact
  public record Entry(Grade grade, String construct, String name, Location at, String reason) {
    /// `models/orders.yml:12: partial: metric 'x': reason`
    @Override
    public String toString() {
      return "%s: %s: %s '%s'%s"
          .formatted(at, grade.word(), construct, name, reason.isEmpty() ? "" : ": " + reason);
    }
  }

  void exact(String construct, String name, Location at) {
    if (find(construct, name, at).isEmpty()) {
      entries.add(new Entry(Grade.EXACT, construct, name, at, ""));
    }
  }

  void partial(String construct, String name, Location at, String reason) {
    add(new Entry(Grade.PARTIAL, construct, name, at, reason));
  }

  void unsupported(String construct, String name, Location at, String reason) {
    add(new Entry(Grade.UNSUPPORTED, construct, name, at, reason));
  }

  /// Of one construct the worst grade counts, with the reasons of that grade.
  private void add(Entry entry) {
    List<Entry> before = find(entry.construct(), entry.name(), entry.at());
    boolean isWorse = before.stream().anyMatch(known -> known.grade().compareTo(entry.grade()) > 0);
    if (isWorse || before.contains(entry)) {
      return;
    }
    before.stream().filter(known -> known.grade() != entry.grade()).forEach(entries::remove);
    entries.add(entry);
  }

  private List<Entry> find(String construct, String name, Location at) {
    return entries.stream()
        .filter(entry ->
            entry.construct().equals(construct)
                && entry.name().equals(name)
                && entry.at().equals(at))
        .toList();
  }

  /// All, in the order of the files.
  public List<Entry> toList() {
    return entries.stream()
        .sorted(
            Comparator.comparing((Entry entry) -> entry.at().file())
                .thenComparing(entry -> entry.at().line())
                .thenComparing(entry -> entry.at().column()))
        .toList();
  }

  /// How many constructs have a grade.
  public long count(Grade grade) {
    return entries.stream()
        .filter(entry -> entry.grade() == grade)
        .map(entry -> List.of(entry.construct(), entry.name(), entry.at()))
        .distinct()
        .count();
  }
}
