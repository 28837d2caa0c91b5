package io.scorebook.domains;

/// A player with a career: what is drawn once, and how he fares in a season.
final class Player {
  /// Guard, forward, centre: what a player does besides scoring.
  enum Role {
    GUARD("G", 3.6, 6.2, 0.46),
    FORWARD("F", 6.4, 2.6, 0.36),
    CENTRE("C", 10.2, 1.9, 0.14);

    final String letter;
    final double rebounds;
    final double assists;

    /// Share of the shots that are threes.
    final double threes;

    Role(String letter, double rebounds, double assists, double threes) {
      this.letter = letter;
      this.rebounds = rebounds;
      this.assists = assists;
      this.threes = threes;
    }
  }

  final long id;
  final String name;
  final Role role;
  final double shooting;
  final double defence;
  private final double talent;
  private final int born;
  private int roundsOut;
  private double level;

  Player(long id, String name, Role role, int born, Dice dice) {
    this.id = id;
    this.name = name;
    this.role = role;
    this.born = born;
    this.talent = dice.normal(0, 1);
    this.shooting = dice.normal(0.01 * talent, 0.018);
    this.defence = dice.normal(0, 1);
  }

  int age(int season) {
    return season - born;
  }

  /// What he is worth this season: talent, the curve of age with its top at 27, and form.
  void begin(int season, Dice dice) {
    double fromTop = age(season) - 27;
    double ageing = fromTop < 0 ? 0.035 * fromTop * fromTop : 0.022 * fromTop * fromTop;
    level = talent - ageing + dice.normal(0, 0.18);
    roundsOut = 0;
  }

  double level() {
    return level;
  }

  /// Points in 36 minutes, before the match-up.
  double scoring() {
    double star = Math.max(0, level - 1);
    return Math.clamp(14.2 + 3.9 * level + 0.9 * star * star, 4.0, 35.0);
  }

  boolean retires(int season, Dice dice) {
    int age = age(season);
    double probability = level < -1.1 ? 0.45 : age > 33 ? 0.25 + 0.12 * (age - 34) : 0.06;
    return dice.chance(probability);
  }

  /// Whether he can play the next game; decides about injuries as well.
  boolean fit(Dice dice) {
    if (roundsOut > 0) {
      roundsOut--;
      return false;
    }
    if (dice.chance(0.012)) {
      roundsOut = dice.chance(0.15) ? dice.between(15, 45) : dice.between(1, 7);
    }
    return true;
  }
}
