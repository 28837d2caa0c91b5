package io.scorebook.gateway.session;

/// Sees every login that is refused.
public interface LoginWitness {
  /// What a login is remembered by that shows no name that is known. What was shown instead may be
  /// a secret in the wrong place.
  String NOBODY = "unknown";

  /// Sees nothing.
  LoginWitness NONE = (_, _) -> {};

  /// Somebody showed a secret that opens nothing. Never fails.
  ///
  /// @param name of a key of the home, or of its owner; else [#NOBODY]
  void refused(Witness.Through door, String name);
}
