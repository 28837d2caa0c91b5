package io.scorebook.gateway.cli;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [FlightLab] that all of a process share.
final class OnFlight implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FlightLab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(OnFlight.class))
        .computeIfAbsent(FlightLab.class, _ -> open(), FlightLab.class);
  }

  private static FlightLab open() {
    try {
      return FlightLab.open();
    } catch (Exception e) {
      throw new AssertionError("Cannot open the gateway", e);
    }
  }
}
