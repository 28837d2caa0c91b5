package io.scorebook.gateway.session;

import io.scorebook.catalog.policy.Caller;
import io.scorebook.engine.answer.Provenance;
import java.time.Duration;
import java.util.Optional;

/// Sees every question that is asked, and how it ends.
public interface Witness {
  /// Where somebody asks.
  enum Through {
    HTTP,
    JDBC,
    POSTGRES,
    FLIGHT,
    CLI
  }

  /// Sees nothing.
  Witness NONE =
      new Witness() {
        @Override
        public Seen asked(
            Through door, Caller caller, Backend.View view, Ask ask, boolean explained) {
          return Seen.NOTHING;
        }

        @Override
        public void told(
            Through door, Caller caller, Told told, Duration took, Optional<ErrorCode> refused) {
          // nothing is remembered
        }
      };

  /// Somebody asks.
  ///
  /// @param view what he sees, to tell products and policies by
  Seen asked(Through door, Caller caller, Backend.View view, Ask ask, boolean explained);

  /// Somebody is told what is no answer, or is refused it.
  ///
  /// @throws ProblemException where it cannot be remembered that he is told: then he must not be
  void told(Through door, Caller caller, Told told, Duration took, Optional<ErrorCode> refused);

  /// One question, seen to its end.
  interface Seen {
    Seen NOTHING =
        new Seen() {
          @Override
          public void answered(Provenance provenance) {
            // nothing is remembered
          }

          @Override
          public void ended(long rows, Ending how, Optional<ErrorCode> error) {
            // nothing is remembered
          }
        };

    /// There is an answer, and its first row may be given once this returns.
    ///
    /// @throws ProblemException where that cannot be remembered: then no row may be given
    void answered(Provenance provenance);

    /// No row is given any more. Never fails.
    ///
    /// @param error of a refusal or failure
    void ended(long rows, Ending how, Optional<ErrorCode> error);
  }

  /// How a question ends.
  enum Ending {
    SERVED,
    /// By an error: of the asker, or ours.
    PROBLEM,
    BROKEN_OFF
  }
}
