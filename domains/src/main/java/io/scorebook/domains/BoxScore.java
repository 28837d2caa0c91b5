package io.scorebook.domains;

import java.util.ArrayList;
import java.util.List;

/// What one team did in one game: a line a player, and their sums.
final class BoxScore {
  /// A player's game; `seconds` is 0 for those who did not play, and all else too.
  static final class Line {
    final Player player;
    final boolean started;
    String comment = "";
    int seconds;
    int twos;
    int twosMade;
    int threes;
    int threesMade;
    int free;
    int freeMade;
    int offensive;
    int defensive;
    int assists;
    int steals;
    int blocks;
    int turnovers;
    int fouls;
    int plusMinus;

    Line(Player player, boolean started) {
      this.player = player;
      this.started = started;
    }

    boolean played() {
      return seconds > 0;
    }

    int points() {
      return 2 * twosMade + 3 * threesMade + freeMade;
    }

    int rebounds() {
      return offensive + defensive;
    }

    int fieldGoals() {
      return twosMade + threesMade;
    }

    int fieldGoalsTried() {
      return twos + threes;
    }
  }

  final List<Line> lines = new ArrayList<>();

  int sum(java.util.function.ToIntFunction<Line> what) {
    return lines.stream().mapToInt(what).sum();
  }

  int points() {
    return sum(Line::points);
  }
}
