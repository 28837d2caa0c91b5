package io.scorebook.domains;

import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The games of a season in order of date, then id.
final class Schedule {
  static final int GAMES_A_TEAM = 82;

  /// A game that is to be played, or that was put off: then it stays without scores, and is played
  /// later under another id.
  record Fixture(LocalDate date, long id, int home, int visitor, boolean postponed) {}

  private Schedule() {}

  /// Every team meets each other at home and away, then some again, 82 games in all, half of them
  /// at home. Each round takes two days, so that a team may play on two days in a row.
  static List<Fixture> of(int season, int teams, Dice dice) {
    List<List<int[]>> rounds = rounds(teams);
    dice.shuffle(rounds);
    LocalDate opening = LocalDate.of(season, Month.OCTOBER, 20).plusDays(dice.between(0, 4));
    long id = 20_000_001L + (season % 100) * 100_000L;
    List<Fixture> fixtures = new ArrayList<>();
    List<Fixture> putOff = new ArrayList<>();
    for (int round = 0; round < rounds.size(); round++) {
      LocalDate first = opening.plusDays(2L * round + (round >= 54 ? 6 : 0));
      List<int[]> games = new ArrayList<>(rounds.get(round));
      dice.shuffle(games);
      for (int i = 0; i < games.size(); i++) {
        LocalDate date = first.plusDays(i < games.size() / 2 ? 0 : 1);
        boolean postponed = round < 70 && dice.chance(0.009);
        Fixture fixture = new Fixture(date, id++, games.get(i)[0], games.get(i)[1], postponed);
        fixtures.add(fixture);
        if (postponed) {
          putOff.add(fixture);
        }
      }
    }
    for (Fixture fixture : putOff) {
      LocalDate date = fixture.date().plusDays(dice.between(2, 20));
      fixtures.add(new Fixture(date, id++, fixture.home(), fixture.visitor(), false));
    }
    fixtures.sort(Comparator.comparing(Fixture::date).thenComparing(Fixture::id));
    return fixtures;
  }

  /// The circle method gives rounds in which every team plays once; each is used with home and
  /// visitor both ways.
  private static List<List<int[]>> rounds(int teams) {
    List<List<int[]>> rounds = new ArrayList<>();
    for (int i = 0; i < GAMES_A_TEAM / 2; i++) {
      int turn = i % (teams - 1);
      List<int[]> there = new ArrayList<>();
      List<int[]> back = new ArrayList<>();
      for (int pair = 0; pair < teams / 2; pair++) {
        int one = pair == 0 ? teams - 1 : (turn + pair) % (teams - 1);
        int other = (turn + teams - 1 - pair) % (teams - 1);
        there.add(new int[] {one, other});
        back.add(new int[] {other, one});
      }
      rounds.add(there);
      rounds.add(back);
    }
    return rounds;
  }
}
