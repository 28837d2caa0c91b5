package io.scorebook.domains;

import java.util.List;
import java.util.Random;

/// Chance that falls the same way on every machine: `java.util.Random` is specified bit by bit, and
/// so is `StrictMath` beneath its Gaussian.
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  /// From `low` to `high`, both included.
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double normal(double mean, double deviation) {
    return mean + deviation * random.nextGaussian();
  }

  /// How many of `tries` succeed.
  int successes(int tries, double probability) {
    int successes = 0;
    for (int i = 0; i < tries; i++) {
      if (chance(probability)) {
        successes++;
      }
    }
    return successes;
  }

  /// A count around its mean, with a spread like that of rare events; never below 0.
  int count(double mean) {
    return Math.max(0, (int) StrictMath.rint(normal(mean, StrictMath.sqrt(mean + 0.05))));
  }

  /// A count that strays less from its mean.
  int steady(double mean) {
    return Math.max(0, (int) StrictMath.rint(normal(mean, 0.6 * StrictMath.sqrt(mean + 0.05))));
  }

  void shuffle(List<?> list) {
    java.util.Collections.shuffle(list, random);
  }
}
