import io.scorebook.domains.SampleLeague;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the files of the sample's invented league into a folder, for a deployment to load:
///
/// ```
/// ./scorebook java deploy/League.java FOLDER
/// ```
final class League {
  private League() {}

  public static void main(String[] args) throws IOException {
    SampleLeague.standard().write(Files.createDirectories(Path.of(args[0])));
  }
}
