package io.scorebook.gateway.session;

import io.scorebook.catalog.policy.Caller;
import java.util.Map;
import java.util.Optional;

/// Which quota is whose. The caller's own goes before that of his groups, which goes before the
/// general one, each kind of limit for itself; of several groups the most generous counts. Who owns
/// the home has none. A product's own is a bound for everybody else.
///
/// @param products by name
public record Quotas(
    Quota general,
    Map<String, Quota> groups,
    Map<String, Quota> callers,
    Map<String, Quota> products) {
  public static final Quotas DEFAULT = new Quotas(Quota.DEFAULT, Map.of(), Map.of(), Map.of());

  public Quotas {
    groups = Map.copyOf(groups);
    callers = Map.copyOf(callers);
    products = Map.copyOf(products);
  }

  /// A caller's own.
  public Quota of(Caller caller) {
    if (caller.seesAll()) {
      return Quota.NONE;
    }
    Quota own = Optional.ofNullable(callers.get(caller.name())).orElse(Quota.NONE);
    Quota shared =
        caller.groups().stream()
            .filter(groups::containsKey)
            .map(groups::get)
            .reduce(Quota::larger)
            .orElse(Quota.NONE);
    return own.or(shared).or(general);
  }

  /// A caller's, for a question that reads some products.
  Quota of(Caller caller, Iterable<String> named) {
    Quota quota = of(caller);
    if (!caller.seesAll()) {
      for (String product : named) {
        Quota bound = products.get(product);
        quota = bound == null ? quota : quota.smaller(bound);
      }
    }
    return quota;
  }
}
