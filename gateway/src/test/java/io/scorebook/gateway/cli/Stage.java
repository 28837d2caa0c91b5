package io.scorebook.gateway.cli;

import io.scorebook.catalog.audit.AuditLog;
import io.scorebook.catalog.audit.AuditMover;
import io.scorebook.catalog.audit.AuditRow;
import io.scorebook.catalog.audit.AuditTable;
import io.scorebook.catalog.load.LoadOptions;
import io.scorebook.catalog.load.Loader;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.catalog.store.TableName;
import io.scorebook.gateway.audit.AuditWitness;
import io.scorebook.gateway.callers.ApiKey;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.callers.KeyFile;
import io.scorebook.gateway.callers.ScramVerifier;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.Quota;
import io.scorebook.gateway.session.Quotas;
import io.scorebook.gateway.session.Token;
import io.scorebook.gateway.wire.ExplainStatements;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// A gateway with all its doors open, on a domain with every type, rules about who sees what, and a
/// version that ends. Who asks: `ann` sees all, `ben` the events of Bern and no secret, `few` may
/// have five rows of an answer, `tim` has half a second for one, `low` may read 399 rows of tables,
/// `one` has one answer at once, `pia` publishes. All may ask for the purpose `research`.
public final class Stage implements AutoCloseable {
  /// What is in the table `events`.
  public static final List<String> CSV = StageDomain.rows();

  /// How many may be connected to PostgreSQL's port at once.
  public static final int POSTGRES_CONNECTIONS = 500;

  private static final int CONNECTIONS = 600;

  private final HomeBackend backend;
  private final Doors doors;
  private final Desk desk;
  private final GatewayFile file;
  private final AuditLog log;
  private final Path folder;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private Stage(Path folder) throws Exception {
    this.folder = folder;
    var options = new HomeOptions();
    options.home = folder.resolve("home");
    backend = HomeBackend.open(options);
    publish(StageDomain.write(folder.resolve("domain")));
    publish(StageDomain.end(folder.resolve("domain")));
    key("ann", Set.of("analysts"), Map.of());
    key("ben", Set.of("locals"), Map.of("city", List.of("Bern")));
    key("few", Set.of("analysts"), Map.of());
    key("tim", Set.of("analysts"), Map.of());
    key("low", Set.of("analysts"), Map.of());
    key("one", Set.of("analysts"), Map.of());
    key("pia", Set.of("analysts", "publishers"), Map.of());
    load("events", String.join("\n", CSV) + "\n");
    log = AuditLog.open(options.home);
    desk =
        new Desk(
            new ExplainStatements(backend),
            new Desk.Allowance(Duration.ofSeconds(60), CONNECTIONS, Duration.ofSeconds(2)),
            new Quotas(
                new Quota(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalInt.of(CONNECTIONS)),
                Map.of(),
                Map.of(
                    "few",
                    new Quota(
                        OptionalLong.of(5),
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalInt.empty()),
                    "low",
                    new Quota(
                        OptionalLong.empty(),
                        OptionalLong.of(399),
                        Optional.empty(),
                        OptionalInt.empty()),
                    "one",
                    new Quota(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        OptionalInt.of(1)),
                    "tim",
                    new Quota(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.of(Duration.ofMillis(500)),
                        OptionalInt.empty())),
                Map.of()),
            new AuditWitness(log));
    var server = new ServerOptions();
    server.port = 0;
    server.postgresConnections = POSTGRES_CONNECTIONS;
    var doorkeeper = Doorkeeper.of(Token.of("owner's token"), options.home, List.of());
    doors = Doors.open(server, desk, doorkeeper, Seal.of("stage"));
    file = doors.file("127.0.0.1", options.home);
  }

  public static Stage open() {
    try {
      return new Stage(Files.createTempDirectory("stage"));
    } catch (Exception e) {
      throw new AssertionError("Cannot open the stage", e);
    }
  }

  private void publish(Path domain) {
    var err = new StringWriter();
    try {
      Publishing.publish(backend, domain, new PrintWriter(err));
    } catch (RuntimeException e) {
      throw new AssertionError(err.toString(), e);
    }
  }

  private void key(String name, Set<String> groups, Map<String, List<String>> attributes) {
    String secret = ApiKey.generate();
    var key =
        new ApiKey(
            name,
            ApiKey.hashOf(secret),
            groups,
            attributes,
            Set.of("research"),
            Instant.now(),
            Optional.empty());
    KeyFile.in(folder.resolve("home")).add(key.withScram(ScramVerifier.of(secret)));
    secrets.put(name, secret);
  }

  /// Loads rows of CSV under a header into a source table, in one snapshot.
  public void load(String table, String csv) {
    try {
      Path rows = Files.writeString(Files.createTempFile(folder, table, ".csv"), csv);
      var domain = backend.as(Caller.local()).domains().getFirst();
      new Loader(backend.platform().warehouse())
          .load(domain.contracts().find(table).orElseThrow(), List.of(rows), LoadOptions.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The snapshot that a table of the domain has now.
  public long snapshot(String table) {
    return backend
        .platform()
        .warehouse()
        .findTable(new TableName("stage", table))
        .orElseThrow()
        .currentSnapshot()
        .snapshotId();
  }

  /// What was asked since, the oldest first.
  public List<AuditRow> audit(Instant since) {
    AuditMover.moveAll(log, backend.platform().warehouse());
    return new AuditTable(backend.platform().warehouse())
        .newest(since, Optional.empty(), 10_000)
        .reversed();
  }

  public String secret(String caller) {
    return Objects.requireNonNull(secrets.get(caller));
  }

  /// How many answers a caller has open.
  public int open(String caller) {
    return CONNECTIONS - desk.left(named(caller)).left();
  }

  private static Caller named(String caller) {
    return new Caller(caller, Set.of(), Map.of(), Optional.empty());
  }

  public String http() {
    return file.http().toString();
  }

  public String jdbc() {
    return file.jdbc();
  }

  /// Where Arrow Flight SQL is spoken.
  public String flight() {
    return file.flight().orElseThrow();
  }

  /// Where PostgreSQL's protocol is spoken.
  public String postgres() {
    return file.postgres().orElseThrow();
  }

  @Override
  public void close() {
    doors.close();
    log.close();
    backend.close();
  }
}
