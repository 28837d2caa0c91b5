package io.scorebook.catalog.registry;

import io.scorebook.documents.Location;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A data product in one version: who answers for it, what it is for, and its output ports.
///
/// @param id the identifier that other documents refer to, unique beyond this platform
/// @param name unique in its domain; an SQL identifier, since the product is an SQL schema
/// @param contacts everyone who stands behind it
/// @param type what it is in an architecture: `sourceAligned`, `aggregate`, `consumerAligned`
/// @param lifecycle how it ends, and whether its data moves
/// @param owner who answers for it: the team's member whose role is `owner`, else the team
public record Product(
    String id,
    String name,
    Version version,
    Status status,
    Optional<String> domain,
    String owner,
    String purpose,
    Optional<String> usage,
    Optional<String> limitations,
    List<String> tags,
    List<Port> ports,
    Contacts contacts,
    List<String> synonyms,
    Optional<String> type,
    Lifecycle lifecycle,
    Location location) {

  public Product {
    tags = List.copyOf(tags);
    ports = List.copyOf(ports);
    synonyms = List.copyOf(synonyms);
  }

  /// The stages of a product's life, in ODPS's words.
  public enum Status {
    PROPOSED,
    DRAFT,
    ACTIVE,
    DEPRECATED,
    RETIRED;

    /// The word that a document writes.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How a version ends, and whether its data moves.
  ///
  /// @param sunset when it ends by itself; only of what is deprecated
  /// @param successor the version to ask in its place, as `standings 2.0.0`
  /// @param isPinned whether it is read at the snapshots of the time of its publication
  public record Lifecycle(Optional<Instant> sunset, Optional<String> successor, boolean isPinned) {
    /// It does not end, and its data moves.
    public static final Lifecycle LIVE = new Lifecycle(Optional.empty(), Optional.empty(), false);

    /// The day, in UTC, from which on it is not there any more.
    public Optional<LocalDate> sunsetDay() {
      return sunset.map(end -> LocalDate.ofInstant(end, ZoneOffset.UTC));
    }
  }

  /// That the version is deprecated, when it ends and what to ask in its place; empty where it is
  /// not. Whether the version is not for others yet.
  public boolean isDraft() {
    return status == Status.DRAFT || status == Status.PROPOSED;
  }

  public Optional<String> deprecation() {
    return status == Status.DEPRECATED
        ? Optional.of(
            "%s %s is deprecated%s%s"
                .formatted(
                    name,
                    version,
                    lifecycle.sunsetDay().map(end -> ", ends on " + end).orElse(""),
                    lifecycle.successor().map(next -> ", use " + next).orElse("")))
        : Optional.empty();
  }

  /// This version as it stands by now.
  public Product with(Status now, Lifecycle ending) {
    return new Product(
        id,
        name,
        version,
        now,
        domain,
        owner,
        purpose,
        usage,
        limitations,
        tags,
        ports,
        contacts,
        synonyms,
        type,
        ending,
        location);
  }

  /// The SQL schema of this version alone: `standings_v1_2_0`.
  public String exactSchema() {
    return "%s_v%d_%d_%d".formatted(name, version.major(), version.minor(), version.patch());
  }

  /// The SQL schema that holds a table for each port: `standings_v1`.
  public String schema() {
    return name + "_v" + version.major();
  }

  /// The same product with these of its ports.
  public Product withPorts(List<Port> some) {
    return new Product(
        id,
        name,
        version,
        status,
        domain,
        owner,
        purpose,
        usage,
        limitations,
        tags,
        some,
        contacts,
        synonyms,
        type,
        lifecycle,
        location);
  }

  public Optional<Port> findPort(String name) {
    return ports.stream().filter(port -> port.name().equalsIgnoreCase(name)).findFirst();
  }
}
