package io.scorebook.catalog.registry;

import io.scorebook.documents.Findings;
import io.scorebook.documents.Value;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads who stands behind a product: the standard's `team` and `support`.
final class ContactsReader {
  private static final Set<String> TEAM_KEYS =
      Set.of(
          "name", "description", "members", "tags", "customProperties", "authoritativeDefinitions");

  private static final Set<String> MEMBER_KEYS =
      Set.of(
          "id",
          "username",
          "name",
          "description",
          "role",
          "dateIn",
          "dateOut",
          "replacedByUsername",
          "tags",
          "customProperties",
          "authoritativeDefinitions");

  private static final Set<String> SUPPORT_KEYS =
      Set.of(
          "id",
          "channel",
          "url",
          "description",
          "tool",
          "scope",
          "invitationUrl",
          "tags",
          "customProperties",
          "authoritativeDefinitions");

  /// Such as a reader of the documents may follow.
  private static final Set<String> SCHEMES = Set.of("https", "http", "mailto");

  private final Findings findings;

  ContactsReader(Findings findings) {
    this.findings = findings;
  }

  Contacts read(Value.Mapping document) {
    Optional<Value.Mapping> team = document.findMapping("team", findings);
    team.ifPresent(keys -> keys.allowOnly(TEAM_KEYS, findings));
    return new Contacts(
        team.flatMap(keys -> keys.findText("name", findings)),
        team.flatMap(keys -> keys.findText("description", findings)),
        team.map(keys -> keys.mappings("members", findings)).orElse(List.of()).stream()
            .map(this::member)
            .toList(),
        document.mappings("support", findings).stream()
            .flatMap(channel -> channel(channel).stream())
            .toList());
  }

  /// The member whose role is `owner`, else the team; a product without either is refused.
  String owner(Value.Mapping document, Contacts contacts) {
    String owner =
        contacts.members().stream()
            .filter(
                member -> member.role().filter(role -> role.equalsIgnoreCase("owner")).isPresent())
            .map(Contacts.Member::username)
            .findFirst()
            .or(contacts::team)
            .orElse("");
    if (owner.isBlank()) {
      findings.error(
          document.locationOf("team"),
          "Cannot find who owns the product",
          "name the team, or a member of it with the role owner");
    }
    return owner;
  }

  private Contacts.Member member(Value.Mapping member) {
    member.allowOnly(MEMBER_KEYS, findings);
    return new Contacts.Member(
        member.text("username", findings),
        member.findText("name", findings),
        member.findText("role", findings),
        member.findText("description", findings));
  }

  private Optional<Contacts.Channel> channel(Value.Mapping channel) {
    channel.allowOnly(SUPPORT_KEYS, findings);
    String name = channel.text("channel", findings);
    String url = channel.text("url", findings);
    if (!url.isEmpty() && !isAddress(url)) {
      findings.error(
          channel.locationOf("url"),
          "Invalid address of support: '%s'".formatted(url),
          "write one that begins with https:, http: or mailto:");
      return Optional.empty();
    }
    return Optional.of(
        new Contacts.Channel(
            name,
            url,
            channel.findText("tool", findings),
            channel.findText("scope", findings),
            channel.findText("description", findings)));
  }

  private static boolean isAddress(String url) {
    try {
      String scheme = URI.create(url).getScheme();
      return scheme != null && SCHEMES.contains(scheme.toLowerCase(java.util.Locale.ROOT));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
