package io.scorebook.gateway.cli;

import io.scorebook.documents.Document;
import io.scorebook.documents.Finding;
import io.scorebook.documents.Findings;
import io.scorebook.gateway.callers.Issuer;
import io.scorebook.gateway.callers.IssuerSettings;
import io.scorebook.gateway.session.Quotas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What `scorebook.yaml` says beside the values of flags: whom to trust, and how much each may
/// have.
///
/// @param issuers of tokens that open the doors
record GatewaySettings(List<IssuerSettings> issuers, Quotas quotas) {
  private static final GatewaySettings NOTHING = new GatewaySettings(List.of(), Quotas.DEFAULT);

  /// The keys of the file that are no flags.
  static final Set<String> SECTIONS = Set.of("issuers", "limits");

  /// Reads the sections of a file; there is nothing in one that does not exist, or says nothing.
  ///
  /// @throws Failures.Refused where it has mistakes, with all of them
  static GatewaySettings read(Path file) {
    if (!Files.exists(file) || Configuration.saysNothing(file)) {
      return NOTHING;
    }
    var findings = new Findings();
    GatewaySettings settings =
        Document.read(file, file.toString(), findings)
            .flatMap(value -> value.asMapping("settings", findings))
            .map(mapping ->
                new GatewaySettings(
                    IssuerSettings.read(mapping, findings), QuotaSettings.read(mapping, findings)))
            .orElse(NOTHING);
    if (findings.hasErrors()) {
      throw new Failures.Refused(
          findings.toList().stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }
    return settings;
  }

  List<Issuer> openIssuers() {
    return issuers.stream().map(Issuer::of).toList();
  }
}
