package io.scorebook.domains;

import java.util.List;

/// A team of the invented league.
record Franchise(long id, String abbreviation, String city, String nickname, int founded) {
  private static final long FIRST_ID = 1_710_000_001L;

  private static final String NAMES =
      """
      ABY Alder Bay|Herons
      ASH Ashcombe|Millers
      BKW Brackwater|Tides
      BRO Brösen|Lanterns
      CAL Caldermoor|Foxes
      CIN Cinder Hill|Smiths
      COP Copperfield|Larks
      CRO Crowhaven|Wardens
      DUN Dunmarsh|Cranes
      EAS Eastmere|Pilots
      ELD Eldergate|Owls
      FAL Fallow Ridge|Harriers
      FEN Fenwick Falls|Otters
      GLE Glenholt|Rams
      GRA Granite Point|Quarrymen
      HAL Halvorsund|Skippers
      IRO Ironvale|Anvils
      JUN Juniper City|Comets
      KES Kestrel Park|Falcons
      LAR Larkspur|Bees
      MAR Marrow Coast|Corsairs
      NOR Norbeck|Moose
      OAK Oakhurst|Badgers
      PEM Pemberlow|Kings
      QUA Quail Springs|Riders
      ROS Rosenau|Thorns
      SAL Salt Harbor|Whalers
      TAM Tamarack|Wolves
      UMB Umberland|Giants
      WIN Winterley|Bears
      """;

  /// The thirty teams, or as many of them as a smaller league has.
  static List<Franchise> first(int count) {
    List<String> lines = NAMES.lines().toList();
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> {
          String line = lines.get(i);
          int bar = line.indexOf('|');
          return new Franchise(
              FIRST_ID + i,
              line.substring(0, 3),
              line.substring(4, bar),
              line.substring(bar + 1),
              1946 + i * 37 % 58);
        })
        .toList();
  }
}
