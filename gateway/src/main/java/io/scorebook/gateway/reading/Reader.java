package io.scorebook.gateway.reading;

import io.micronaut.core.convert.value.ConvertibleMultiValues;
import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Cancellation;
import io.scorebook.engine.domain.Domain;
import io.scorebook.engine.domain.Domain.PublicPort;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.wire.Format;
import java.util.Optional;

/// Reads the ports of products, for one caller at a time.
public final class Reader {
  private final Desk desk;
  private final Seal seal;

  public Reader(Desk desk, Seal seal) {
    this.desk = desk;
    this.seal = seal;
  }

  /// The rows of a port.
  ///
  /// @param domain as the caller sees it
  /// @throws io.scorebook.gateway.session.ProblemException with all that is wrong with the
  ///   parameters
  public PortRead rows(
      Caller caller,
      Domain domain,
      PublicPort port,
      ConvertibleMultiValues<String> parameters,
      Format format) {
    return PortRead.of(
        PortAsked.of(domain, port, parameters),
        format,
        seal,
        ask -> desk.ground(caller, ask, new Cancellation()));
  }

  /// The Iceberg table that a port is, where it is one.
  public Optional<StoredTable> table(Caller caller, Domain domain, PublicPort port) {
    return StoredTable.find(domain, port, ask -> desk.ground(caller, ask, new Cancellation()));
  }

  /// What has changed of a port; see above.
  public Changes changes(
      Caller caller, Domain domain, PublicPort port, ConvertibleMultiValues<String> parameters) {
    return Changes.of(
        PortAsked.of(domain, port, parameters),
        seal,
        ask -> desk.ground(caller, ask, new Cancellation()));
  }
}
