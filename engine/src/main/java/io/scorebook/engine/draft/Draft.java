package io.scorebook.engine.draft;

import io.scorebook.engine.draft.document.Documents;
import io.scorebook.engine.draft.document.ModelPlan;
import io.scorebook.engine.draft.guess.Guesses;
import io.scorebook.engine.draft.guess.Names;
import io.scorebook.engine.draft.profile.Profiles;
import io.scorebook.engine.draft.profile.TableFiles;
import io.scorebook.engine.draft.profile.TableProfile;
import io.scorebook.engine.draft.profile.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A domain as it can be guessed from files.
///
/// @param name of the domain
/// @param documents of its folder, by their paths below it; the same files give the same bytes
/// @param plan what the documents say
public record Draft(String name, Map<String, String> documents, ModelPlan plan) {

  /// A draft, or all reasons why there is none.
  public sealed interface Outcome {
    record Drafted(Draft draft) implements Outcome {}

    record Refused(List<String> reasons) implements Outcome {
      public Refused {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /// Drafts a domain. Reads the files once (JSON lines twice) and keeps their rows in a temporary
  /// folder meanwhile.
  ///
  /// @param files files and folders of files
  /// @param name what the domain is to be called, made a name of SQL where it is none
  /// @param progress told what was read, in words
  public static Outcome of(List<Path> files, String name, Consumer<String> progress) {
    var problems = new ArrayList<String>();
    List<TableFiles> tables = TableFiles.find(files, problems);
    if (!problems.isEmpty()) {
      return new Outcome.Refused(problems);
    }
    try (var workbench = Workbench.open()) {
      List<TableProfile> profiles = new Profiles(workbench).read(tables, problems, progress);
      if (!problems.isEmpty()) {
        return new Outcome.Refused(problems);
      }
      Guesses guesses = Guesses.of(workbench, profiles, problems);
      if (!problems.isEmpty()) {
        return new Outcome.Refused(problems);
      }
      var plan = new ModelPlan(guesses);
      String domain = Names.ofDomain(name);
      return new Outcome.Drafted(new Draft(domain, Documents.of(domain, plan), plan));
    }
  }
}
