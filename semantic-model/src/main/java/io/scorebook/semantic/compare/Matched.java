package io.scorebook.semantic.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// The things of two versions side by side: those of one name, those that were renamed, and those
/// that are only in one.
///
/// @param renamed of which the name is gone, and just one new one means the same
public record Matched<T>(
    List<Pair<T>> same, List<Pair<T>> renamed, List<T> removed, List<T> added) {

  public record Pair<T>(T before, T after) {}

  public static <T> Matched<T> of(
      Collection<T> before,
      Collection<T> after,
      Function<T, String> name,
      BiPredicate<T, T> meansTheSame) {
    var same = new ArrayList<Pair<T>>();
    var removed = new ArrayList<T>();
    var added = new ArrayList<>(after);
    for (T old : before) {
      String wanted = name.apply(old).toLowerCase(Locale.ROOT);
      var found =
          added.stream()
              .filter(now -> name.apply(now).toLowerCase(Locale.ROOT).equals(wanted))
              .findFirst();
      found.ifPresentOrElse(
          now -> {
            same.add(new Pair<>(old, now));
            added.remove(now);
          },
          () -> removed.add(old));
    }
    var renamed = new ArrayList<Pair<T>>();
    for (T old : List.copyOf(removed)) {
      List<T> alike = added.stream().filter(now -> meansTheSame.test(old, now)).toList();
      if (alike.size() == 1) {
        renamed.add(new Pair<>(old, alike.getFirst()));
        removed.remove(old);
        added.remove(alike.getFirst());
      }
    }
    return new Matched<>(same, renamed, removed, added);
  }
}
