package io.scorebook.gateway.jdbc;

import io.scorebook.gateway.session.ErrorCode;
import io.scorebook.gateway.session.Problem;
import io.scorebook.gateway.session.ProblemException;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Problems in the protocol's terms: the message and the SQLSTATE, and nothing of our insides.
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  static RuntimeException of(Problem problem) {
    var refusal =
        new AvaticaRuntimeException(
            problem.detail(),
            problem.code().ordinal() + 1,
            problem.code().sqlState(),
            AvaticaSeverity.ERROR);
    // The protocol would send the stack to the client.
    refusal.setStackTrace(new StackTraceElement[0]);
    return refusal;
  }

  /// Does the work of a call; whatever goes wrong becomes a refusal.
  static <T> T translate(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      if (e.problem().code().isOurs()) {
        LOG.error("JDBC: {}", e.problem(), e);
      }
      throw of(e.problem());
    } catch (NoSuchConnectionException e) {
      e.setStackTrace(new StackTraceElement[0]);
      throw e;
    } catch (AvaticaRuntimeException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("JDBC: internal error", e);
      throw of(
          Problem.of(
              ErrorCode.INTERNAL, "Cannot answer because of an internal error; the log has it"));
    }
  }
}
