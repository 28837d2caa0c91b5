package io.scorebook.catalog.registry;

import java.util.List;
import java.util.Optional;

/// Who stands behind a product, and where they are reached.
///
/// @param team its name
public record Contacts(
    Optional<String> team,
    Optional<String> description,
    List<Member> members,
    List<Channel> support) {

  /// Where a document names nobody.
  public static final Contacts NONE =
      new Contacts(Optional.empty(), Optional.empty(), List.of(), List.of());

  public Contacts {
    members = List.copyOf(members);
    support = List.copyOf(support);
  }

  /// @param username how the standards name someone, often an address of mail
  /// @param role such as `owner` or `steward`
  public record Member(
      String username,
      Optional<String> name,
      Optional<String> role,
      Optional<String> description) {}

  /// Where to ask, and where news are told.
  ///
  /// @param tool `email`, `slack`, `teams`, `discord`, `ticket`, `other`
  /// @param scope `interactive`, `announcements`, `issues`
  public record Channel(
      String channel,
      String url,
      Optional<String> tool,
      Optional<String> scope,
      Optional<String> description) {}
}
