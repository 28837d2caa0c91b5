package io.scorebook.domains;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who plays for whom: drafts, retirements, free agents between the seasons, trades within them.
final class Rosters {
  private static final int SIZE = 15;
  private static final long FIRST_ID = 900_001;

  private final Dice dice;
  private final Names names;
  private final List<List<Player>> teams = new ArrayList<>();
  private final List<String> namesToShare = new ArrayList<>();
  private int drafted;

  Rosters(int teamCount, Dice dice) {
    this.dice = dice;
    this.names = new Names(dice);
    for (int team = 0; team < teamCount; team++) {
      teams.add(new ArrayList<>());
    }
  }

  List<Player> of(int team) {
    return teams.get(team);
  }

  /// Brings every team to its full number, and everyone to this season's form.
  void begin(int season) {
    boolean founding = drafted == 0;
    List<Player> free = new ArrayList<>();
    for (List<Player> team : teams) {
      team.removeIf(player -> player.retires(season, dice));
      for (int i = team.size() - 1; i >= 0; i--) {
        if (dice.chance(0.13)) {
          free.add(team.remove(i));
        }
      }
    }
    dice.shuffle(free);
    for (List<Player> team : teams) {
      while (team.size() < SIZE) {
        boolean signs = !free.isEmpty() && dice.chance(0.6);
        team.add(signs ? free.removeLast() : draft(season, founding));
      }
      team.forEach(player -> player.begin(season, dice));
      rank(team);
    }
  }

  /// Two teams exchange a player each.
  void trade() {
    int one = dice.between(0, teams.size() - 1);
    int other = (one + dice.between(1, teams.size() - 1)) % teams.size();
    List<Player> from = teams.get(one);
    List<Player> to = teams.get(other);
    int place = dice.between(0, SIZE - 4);
    Player leaving = from.get(place);
    from.set(place, to.get(place));
    to.set(place, leaving);
    rank(from);
    rank(to);
  }

  private static void rank(List<Player> team) {
    team.sort(Comparator.comparingDouble(Player::level).reversed().thenComparing(p -> p.id));
  }

  private Player draft(int season, boolean founding) {
    int age = founding ? dice.between(19, 34) : dice.between(19, 23);
    Player.Role[] roles = Player.Role.values();
    Player.Role role = roles[dice.between(0, 9) * roles.length / 12];
    return new Player(FIRST_ID + drafted++, name(), role, season - age, dice);
  }

  /// Now and then the name of one who came before: they are two players.
  private String name() {
    if (drafted % 400 == 60) {
      return namesToShare.removeFirst();
    }
    String name = names.next(dice);
    if (drafted % 400 == 20) {
      namesToShare.add(name);
    }
    return name;
  }
}
