package io.scorebook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Name;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The platform knows no basketball: names and texts of main code, outside the sample's own module,
/// are free of its words. Comments may use them as examples, and so may the texts of the command
/// line's help. `team` is not among the words, since a data product has one too.
class WordsTest {
  private static final Set<String> WORDS =
      Set.of(
          "basketball",
          "nba",
          "player",
          "players",
          "game",
          "games",
          "season",
          "seasons",
          "rebound",
          "rebounds",
          "assists",
          "teammate",
          "opponent",
          "playoff",
          "playoffs",
          "court",
          "coach");
  private static final Pattern PARTS = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}]+");

  @Test
  void noModuleButTheSamplesSpeaksOfBasketball() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : Sources.MODULES) {
      if (!module.equals("domains")) {
        found.addAll(wordsIn(Sources.mainFiles(module)));
      }
    }
    assertThat(found).isEmpty();
  }

  /// The scan sees names of all kinds and texts; comments it passes over.
  @Test
  void theScanFindsAWordWhereverItStands() throws IOException {
    List<Path> files = Sources.mainFiles("domains");
    assertThat(wordsIn(files))
        .anyMatch(word -> word.contains("Player.java"))
        .anyMatch(word -> word.contains("StandardQuestion.java"));
  }

  private static List<String> wordsIn(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> found = new ArrayList<>();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        unit.accept(new Scan(unit, found), null);
      }
    }
    return found;
  }

  private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final List<String> found;

    Scan(CompilationUnitTree unit, List<String> found) {
      this.unit = unit;
      this.found = found;
    }

    private void look(String text) {
      Stream.of(PARTS.split(text))
          .map(part -> part.toLowerCase(java.util.Locale.ROOT))
          .filter(WORDS::contains)
          .map(word ->
              "'%s' in %s: %s"
                  .formatted(word, Path.of(unit.getSourceFile().toUri()).getFileName(), text))
          .forEach(found::add);
    }

    private boolean isHelp() {
      return String.valueOf(unit.getPackageName()).equals("io.scorebook.gateway.cli");
    }

    private void look(Name name) {
      look(name.toString());
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void nothing) {
      look(node.getSimpleName());
      return super.visitClass(node, nothing);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Void nothing) {
      look(node.getName());
      return super.visitMethod(node, nothing);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree node, @Nullable Void nothing) {
      if (node.getName() != null) {
        look(node.getName());
      }
      return super.visitVariable(node, nothing);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void nothing) {
      look(node.getName());
      return super.visitIdentifier(node, nothing);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree node, @Nullable Void nothing) {
      if (node.getValue() instanceof String text && !isHelp()) {
        look(text);
      }
      return super.visitLiteral(node, nothing);
    }
  }
}
