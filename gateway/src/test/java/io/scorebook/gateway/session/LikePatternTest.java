package io.scorebook.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LikePatternTest {
  private static boolean isLike(String name, String pattern) {
    return LikePattern.of(pattern).test(name);
  }

  @Test
  void readsAnyAndOneAndWhatIsMeantAsItIs() {
    assertThat(LikePattern.of(null).test("anything")).isTrue();
    assertThat(isLike("", "")).isTrue();
    assertThat(isLike("a", "")).isFalse();
    assertThat(isLike("standings_v1", "standings\\_v_")).isTrue();
    assertThat(isLike("standingsxv1", "standings\\_v_")).isFalse();
    assertThat(isLike("a%b", "a\\%b")).isTrue();
    assertThat(isLike("axb", "a\\%b")).isFalse();
    assertThat(isLike("a\nb", "a_b")).isTrue();
    assertThat(isLike("Čeněk 🏀", "%_ _")).isTrue();
    assertThat(isLike("a\\", "a\\")).isTrue();
  }

  /// As a regular expression has it, where that comes to an end.
  @Test
  void agreesWithARegularExpression() {
    var random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      String name = random(random, "ab");
      String pattern = random(random, "ab%_");
      boolean expected =
          Pattern.compile(pattern.replace("%", ".*").replace('_', '.')).matcher(name).matches();
      assertThat(isLike(name, pattern)).as("%s like %s", name, pattern).isEqualTo(expected);
    }
  }

  private static String random(Random random, String letters) {
    var text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  @Timeout(10)
  void comesToAnEnd() {
    assertThat(isLike("a".repeat(60), "%a".repeat(40) + "b")).isFalse();
    assertThat(isLike("a".repeat(60), "%".repeat(100_000) + "b")).isFalse();
  }
}
