package io.scorebook.engine.publish;

/// How strict a publication is.
///
/// @param publisher the name of who publishes
/// @param holdsModel whether the version of the model is held to its changes too; that of products
///   always is
public record Terms(String publisher, boolean holdsModel) {
  /// For others to rely on.
  public static Terms forOthers(String publisher) {
    return new Terms(publisher, true);
  }

  /// While one works on it: the model may change under its version, as long as no version of a
  /// product that others may read changes what it means.
  public static Terms whileWorking(String publisher) {
    return new Terms(publisher, false);
  }
}
