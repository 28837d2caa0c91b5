package io.scorebook.domains;

import io.scorebook.domains.BoxScore.Line;
import java.util.ArrayList;
import java.util.List;

/// Plays a game between two rosters.
final class Game {
  private static final double[] MINUTES = {36, 34.5, 33, 31, 28, 22, 18, 14, 11, 8, 5, 3};
  private static final double HOME_ADVANTAGE = 0.012;
  private static final double POINTS_A_SHOT = 1.257;
  private static final int ACTIVE = 13;

  private final Dice dice;

  Game(Dice dice) {
    this.dice = dice;
  }

  /// A game that someone has won: with as many overtimes as it takes.
  record Result(BoxScore home, BoxScore visitor) {}

  Result play(List<Player> homeRoster, List<Player> visitorRoster) {
    List<Line> home = lineUp(homeRoster);
    List<Line> visitor = lineUp(visitorRoster);
    double pace = dice.normal(1, 0.04);
    shoot(home, pace, HOME_ADVANTAGE - defence(visitor));
    shoot(visitor, pace, -HOME_ADVANTAGE - defence(home));
    Result result = new Result(boxScore(home), boxScore(visitor));
    while (result.home().points() == result.visitor().points()) {
      overtime(home);
      overtime(visitor);
    }
    int margin = result.home().points() - result.visitor().points();
    fillIn(home, margin);
    fillIn(visitor, -margin);
    return result;
  }

  /// The fit players by rank, nine to twelve of whom play; then those who do not, with the reason.
  private List<Line> lineUp(List<Player> roster) {
    List<Line> playing = new ArrayList<>();
    List<Line> sitting = new ArrayList<>();
    int rotation = 9 + (dice.chance(0.8) ? 1 : 0) + (dice.chance(0.35) ? 1 : 0);
    for (Player player : roster) {
      boolean fit = player.fit(dice);
      Line line = new Line(player, fit && playing.size() < 5);
      if (fit && playing.size() < rotation) {
        playing.add(line);
      } else if (playing.size() + sitting.size() < ACTIVE) {
        line.comment = fit ? "DNP - Coach's Decision" : "DND - Injury/Illness";
        sitting.add(line);
      }
    }
    double[] shares = new double[playing.size()];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(1.5, dice.normal(MINUTES[i], 3.2));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      playing.get(i).seconds = Math.max(1, (int) (shares[i] / sum * 240 * 60));
    }
    playing.addAll(sitting);
    return playing;
  }

  private static BoxScore boxScore(List<Line> lines) {
    BoxScore boxScore = new BoxScore();
    boxScore.lines.addAll(lines);
    return boxScore;
  }

  /// How much better than usual these players hinder the others' shots.
  private static double defence(List<Line> lines) {
    double sum = 0;
    for (Line line : lines) {
      sum += line.player.defence * line.seconds;
    }
    return 0.022 * sum / (240 * 60);
  }

  private void shoot(List<Line> lines, double pace, double help) {
    double expected = 0;
    for (Line line : lines) {
      expected += line.player.scoring() * line.seconds / (36 * 60);
    }
    // There is one ball: the points of many good players do not simply add up.
    double scale = pace * (0.5 * 110 + 0.5 * expected) / expected;
    for (Line line : lines) {
      if (!line.played()) {
        continue;
      }
      Player player = line.player;
      double form = Math.max(0, dice.normal(1, 0.15));
      double shots = player.scoring() * line.seconds / (36 * 60) * scale / POINTS_A_SHOT * form;
      line.threes = dice.steady(shots * player.role.threes);
      line.twos = dice.steady(shots * (1 - player.role.threes));
      line.free = dice.steady(shots * 0.25);
      double skill = player.shooting + help;
      line.twosMade = dice.successes(line.twos, 0.53 + skill);
      line.threesMade = dice.successes(line.threes, 0.355 + skill);
      line.freeMade = dice.successes(line.free, 0.78 + 2 * player.shooting);
    }
  }

  private void overtime(List<Line> lines) {
    for (Line line : lines) {
      if (line.started) {
        line.seconds += 300;
        int tries = dice.between(1, 3);
        line.twos += tries;
        line.twosMade += dice.successes(tries, 0.48);
      }
    }
  }

  private void fillIn(List<Line> lines, int margin) {
    for (Line line : lines) {
      if (!line.played()) {
        continue;
      }
      Player player = line.player;
      double share = line.seconds / (36.0 * 60);
      line.offensive = dice.count(player.role.rebounds * share * 0.23);
      line.defensive = dice.count(player.role.rebounds * share * 0.77);
      line.assists = dice.count(player.role.assists * share * (1 + 0.15 * player.level()));
      line.steals = dice.count(1.1 * share);
      line.blocks = dice.count(player.role == Player.Role.CENTRE ? 1.5 * share : 0.4 * share);
      line.turnovers = dice.count(2.1 * share);
      line.fouls = Math.min(6, dice.count(2.9 * share));
      line.plusMinus = (int) StrictMath.rint(dice.normal(margin * line.seconds / 2880.0, 5));
    }
  }
}
