package io.scorebook.domains;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who was on whose sheet, season by season; becomes `players.csv`.
final class Careers {
  private static final String HEADER = "PLAYER_NAME,TEAM_ID,PLAYER_ID,SEASON";

  private record Career(String name, Map<Integer, Set<Long>> teamsBySeason) {}

  private final Map<Long, Career> careers = new TreeMap<>();

  void note(int season, Franchise team, BoxScore box) {
    for (BoxScore.Line line : box.lines) {
      careers
          .computeIfAbsent(line.player.id, _ -> new Career(line.player.name, new TreeMap<>()))
          .teamsBySeason()
          .computeIfAbsent(season, _ -> new TreeSet<>())
          .add(team.id());
    }
  }

  int players() {
    return careers.size();
  }

  int namesShared() {
    return careers.size() - (int) careers.values().stream().map(Career::name).distinct().count();
  }

  int midSeasonMoves() {
    return (int)
        careers.values().stream()
            .flatMap(career -> career.teamsBySeason().values().stream())
            .filter(teams -> teams.size() > 1)
            .count();
  }

  /// One row a player, season and team, by id, so that of two players of one name the elder comes
  /// first. A few players are left out, as in the wild.
  Listed write(Path file, Dice dice) throws IOException {
    Set<String> names = new HashSet<>();
    Set<String> shared = new HashSet<>();
    careers.values().stream()
        .filter(career -> !names.add(career.name()))
        .forEach(career -> shared.add(career.name()));
    int leftOut = 0;
    try (CsvFile csv = new CsvFile(file, HEADER)) {
      for (Map.Entry<Long, Career> entry : careers.entrySet()) {
        Career career = entry.getValue();
        if (dice.chance(0.03) && !shared.contains(career.name())) {
          leftOut++;
          continue;
        }
        for (Map.Entry<Integer, Set<Long>> season : career.teamsBySeason().entrySet()) {
          for (long team : season.getValue()) {
            csv.cell(career.name()).cell(team).cell(entry.getKey()).cell(season.getKey()).end();
          }
        }
      }
      return new Listed(csv.rows(), leftOut);
    }
  }

  /// What was written, and how many players were not.
  record Listed(int rows, int playersLeftOut) {}
}
