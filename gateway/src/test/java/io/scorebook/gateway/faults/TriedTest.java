package io.scorebook.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.scorebook.gateway.faults.Tried.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TriedTest {
  private static final Case SLOW = new Case("load", Call.HEAD, Fault.SLOW, true);
  private static final Case CUT = new Case("load", Call.HEAD, Fault.CUT, true);
  private static final Case LISTED = new Case("upkeep", Call.LIST, Fault.CUT, true);

  @TempDir Path folder;
  private Path guide = Path.of("guide.md");

  @BeforeEach
  void writeAGuide() throws IOException {
    guide = folder.resolve("guide.md");
    Files.writeString(guide, "before\n<!-- tried on a store -->\n<!-- end of a store -->\nafter\n");
    Tried tried = tried();
    tried.add(SLOW, "published");
    tried.add(LISTED, "removed");
    tried.add(LISTED, "found nothing");
    tried.write();
  }

  private Tried tried() {
    return new Tried(guide, "a store");
  }

  @Test
  void writesATable() {
    assertThat(guide)
        .content()
        .isEqualTo(
            """
            before
            <!-- tried on a store -->
            | doing | call | fault | how often | tried | outcome |
            |---|---|---|---|---|---|
            | load | HEAD | slow | once | 1 | published |
            | upkeep | LIST | cut | once | 2 | found nothing 1, removed 1 |
            <!-- end of a store -->
            after
            """);
  }

  @Test
  void keepsTheRowsOfWhatWasNotDone() throws IOException {
    Tried tried = tried();
    tried.add(CUT, "refused");
    tried.write();
    assertThat(guide)
        .content()
        .contains("| load | HEAD | cut | once | 1 | refused |", "| upkeep | LIST |")
        .doesNotContain("| slow |");
  }

  @Test
  void seesWhetherTheGuideHasATable() throws IOException {
    assertThat(tried().isInGuide()).isTrue();
    Files.writeString(guide, "<!-- tried on a store -->\n<!-- end of a store -->\n");
    assertThat(tried().isInGuide()).isFalse();
  }

  @Test
  void agreesWithWhatTheGuideSays() throws IOException {
    Tried tried = tried();
    tried.add(SLOW, "published");
    tried.add(LISTED, "removed");
    assertThat(tried.disagreements()).isEmpty();
  }

  @Test
  void tellsAnotherOutcome() throws IOException {
    Tried tried = tried();
    tried.add(SLOW, "refused");
    tried.add(LISTED, "found");
    assertThat(tried.disagreements())
        .containsExactly(
            "| load | HEAD | slow | once | 1 | published |, but was refused",
            "| upkeep | LIST | cut | once | 2 | found nothing 1, removed 1 |, but was found");
  }

  @Test
  void tellsACaseThatTheGuideDoesNotHave() throws IOException {
    Tried tried = tried();
    tried.add(CUT, "published");
    assertThat(tried.disagreements())
        .containsExactly("no row for load | HEAD | cut | once, but was published");
  }
}
