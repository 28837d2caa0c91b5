package io.scorebook.domains;

import java.util.ArrayList;
import java.util.List;

/// Names of players, each given once: invented surnames, among them such as are not ASCII, with an
/// apostrophe, a hyphen or a suffix.
final class Names {
  private static final List<String> FIRST =
      List.of(
          "Aaron",
          "Ádám",
          "Andre",
          "Ante",
          "Bastian",
          "Bojan",
          "Bram",
          "Caleb",
          "Cedric",
          "Çağlar",
          "Dario",
          "Darnell",
          "Deshawn",
          "Dominik",
          "Eero",
          "Elijah",
          "Emeka",
          "Filip",
          "Florian",
          "Gabriel",
          "Goran",
          "Hamza",
          "Håkon",
          "Idris",
          "Isaiah",
          "Jalen",
          "Jarek",
          "Jérôme",
          "Jonas",
          "Julian",
          "Kofi",
          "Lamar",
          "Leandro",
          "Luka",
          "Malik",
          "Marcus",
          "Mateo",
          "Mikkel",
          "Nikola",
          "Noah",
          "Ömer",
          "Oscar",
          "Pavel",
          "Quentin",
          "Rafael",
          "Reggie",
          "Rónán",
          "Samuel",
          "Sekou",
          "Tariq",
          "Terrence",
          "Tomáš",
          "Tyrell",
          "Ulrich",
          "Victor",
          "Wendell",
          "Xavier",
          "Yannick",
          "Zoran",
          "Žiga");
  private static final List<String> STEMS =
      List.of(
          "Abbel", "Arvand", "Bexl", "Brand", "Calver", "Corvin", "Dahl", "Drex", "Edding", "Falk",
          "Ferr", "Gann", "Hollow", "Ilm", "Jasp", "Kett", "Lind", "Lorv", "Marl", "Nevar", "Okwel",
          "Orsin", "Penn", "Quill", "Radn", "Stav", "Thorn", "Ulv", "Vand", "Wex", "Yarr", "Zell");
  private static final List<String> ENDINGS =
      List.of("er", "ić", "son", "ovič", "ham", "øy", "ai", "ander", "mann", "ström", "ell", "ard");

  private final List<String> left = new ArrayList<>();

  Names(Dice dice) {
    for (String first : FIRST) {
      for (String stem : STEMS) {
        for (String ending : ENDINGS) {
          left.add(first + " " + stem + ending);
        }
      }
    }
    dice.shuffle(left);
  }

  String next(Dice dice) {
    String name = left.removeLast();
    if (dice.chance(0.02)) {
      return name + " Jr.";
    }
    if (dice.chance(0.02)) {
      return name.replaceFirst(" ", " O'");
    }
    return dice.chance(0.02) ? name + "-Hale" : name;
  }
}
