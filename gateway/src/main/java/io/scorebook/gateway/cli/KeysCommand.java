package io.scorebook.gateway.cli;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.gateway.callers.Admitted;
import io.scorebook.gateway.callers.ApiKey;
import io.scorebook.gateway.callers.KeyFile;
import io.scorebook.gateway.callers.ScramVerifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The API keys of a home. A gateway that runs on it knows of a change at once.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "API keys: who may ask the gateway of this home.",
    subcommands = {KeysCommand.Add.class, KeysCommand.ListAll.class, KeysCommand.Remove.class},
    footer = {
      "",
      "Examples:",
      "  scorebook keys add dashboards --group analysts --attribute team=BOS --expires 90d",
      "  scorebook keys list",
      "  scorebook keys remove dashboards"
    })
final class KeysCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Cannot run without add, list or remove");
  }

  /// Whose keys.
  static final class Home {
    @Option(
        names = "--home",
        paramLabel = "DIR",
        defaultValue = ".scorebook",
        description = "Folder of all state; default: ${DEFAULT-VALUE} in the working folder.")
    Path home = Path.of(".scorebook");

    KeyFile keys() {
      return KeyFile.in(home);
    }
  }

  /// Makes a key and tells it, once.
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Make a key; it is printed once, and kept nowhere but as a hash.")
  static final class Add implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Set<String> RESERVED = Set.of("token", "local", "jwt");
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,5})([dh])");

    @Mixin Home home = new Home();

    @Parameters(paramLabel = "NAME", description = "Who will have it: a person or a program.")
    String name = "";

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        split = ",",
        description = "A group that policies name; may be repeated.")
    Set<String> groups = new TreeSet<>();

    @Option(
        names = "--attribute",
        paramLabel = "NAME=VALUE",
        description = "For row filters of policies; repeated with one name, it has several values.")
    List<String> attributes = new ArrayList<>();

    @Option(
        names = "--purpose",
        paramLabel = "WORD",
        split = ",",
        description = "A purpose that its caller may ask for; may be repeated.")
    Set<String> purposes = new TreeSet<>();

    @Option(
        names = "--expires",
        paramLabel = "WHEN",
        description = "90d, 12h, or a date such as 2027-01-31 (its beginning, UTC).")
    @Nullable String expires;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
      check();
      String secret = ApiKey.generate();
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      ApiKey key =
          new ApiKey(
                  name,
                  ApiKey.hashOf(secret),
                  groups,
                  attributes(),
                  purposes,
                  now,
                  Optional.ofNullable(expires).map(when -> expiry(when, now)))
              .withScram(ScramVerifier.of(secret));
      if (!home.keys().add(key)) {
        throw new Failures.Refused(
            "Cannot add the key '%s': there is one; remove it first, or choose another name"
                .formatted(name));
      }
      PrintWriter err = spec.commandLine().getErr();
      spec.commandLine().getOut().println(secret);
      err.println("The key of '%s'. It is not shown again.".formatted(name));
      return 0;
    }

    private void check() {
      if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
        throw usage(
            "Invalid name '%s': must be letters, digits, . _ @ or -, and none of %s"
                .formatted(name, RESERVED.stream().sorted().toList()));
      }
      if (groups.contains(Caller.OWNERS)) {
        throw usage(
            "Cannot put a key into '%s': who owns the home has its token".formatted(Caller.OWNERS));
      }
      groups.stream()
          .filter(String::isBlank)
          .findFirst()
          .ifPresent(_ -> {
            throw usage("Invalid --group: must not be empty");
          });
      purposes.stream()
          .filter(word -> !Admitted.isPurpose(word))
          .findFirst()
          .ifPresent(word -> {
            throw usage(
                "Invalid --purpose '%s': must be letters, digits, . _ or -".formatted(word));
          });
    }

    private Map<String, List<String>> attributes() {
      var values = new TreeMap<String, List<String>>();
      for (String attribute : attributes) {
        int equals = attribute.indexOf('=');
        if (equals < 1) {
          throw usage("Invalid --attribute '%s': must be NAME=VALUE".formatted(attribute));
        }
        values
            .computeIfAbsent(attribute.substring(0, equals), _ -> new ArrayList<>())
            .add(attribute.substring(equals + 1));
      }
      return values;
    }

    private Instant expiry(String when, Instant now) {
      var period = PERIOD.matcher(when);
      if (period.matches()) {
        long number = Long.parseLong(period.group(1));
        return now.plus(
            period.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number));
      }
      try {
        Instant end = LocalDate.parse(when).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (end.isAfter(now)) {
          return end;
        }
      } catch (DateTimeException _) {
        // said below
      }
      throw usage("Invalid --expires '%s': must be 90d, 12h or a date to come".formatted(when));
    }

    private ParameterException usage(String message) {
      return new ParameterException(spec.commandLine(), message);
    }
  }

  /// Who has keys.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The keys, without what nobody keeps: the secrets.")
  static final class ListAll implements Callable<Integer> {
    @Mixin Home home = new Home();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
      Instant now = Instant.now();
      PrintWriter out = spec.commandLine().getOut();
      for (ApiKey key : home.keys().read()) {
        out.println(
            "%s  groups %s  attributes %s  purposes %s  made %s  %s"
                .formatted(
                    key.name(),
                    words(key.groups()),
                    words(
                        key.attributes().entrySet().stream()
                            .flatMap(entry ->
                                entry.getValue().stream()
                                    .map(value -> entry.getKey() + "=" + value))
                            .toList()),
                    words(key.purposes()),
                    key.created(),
                    key.expires()
                        .map(end -> (end.isAfter(now) ? "expires " : "expired ") + end)
                        .orElse("does not expire")));
      }
      return 0;
    }

    private static String words(java.util.Collection<String> words) {
      return words.isEmpty() ? "-" : words.stream().collect(Collectors.joining(","));
    }
  }

  /// Takes a key away.
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Take a key away; whoever has it is refused from now on.")
  static final class Remove implements Callable<Integer> {
    @Mixin Home home = new Home();

    @Parameters(paramLabel = "NAME")
    String name = "";

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
      if (!home.keys().remove(name)) {
        throw new Failures.Refused(
            "Cannot remove the key '%s': there is none; ./scorebook keys list shows them"
                .formatted(name));
      }
      spec.commandLine().getErr().println("Removed the key of '%s'.".formatted(name));
      return 0;
    }
  }
}
