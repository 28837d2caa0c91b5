package io.scorebook.gateway.faults;

import io.scorebook.gateway.faults.Tried.Case;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Which faults are tried: `-Dscorebook.faults=N` tries each N times; without it a part of them is
/// tried once, another part in each run, by the seed `-Dscorebook.seed`.
final class Cases {
  private static final int SHARE = 12;

  private Cases() {}

  static List<Case> of(String doing, List<Call> calls, long seed) {
    var all = new ArrayList<Case>();
    for (Call call : calls) {
      for (Fault fault : Fault.values()) {
        if (fault == Fault.CORRUPT && (call == Call.HEAD || call == Call.DELETE)) {
          continue; // they have no body
        }
        all.add(new Case(doing, call, fault, true));
        all.add(new Case(doing, call, fault, false));
      }
    }
    int times = Integer.getInteger("scorebook.faults", 0);
    if (times > 0) {
      return Collections.nCopies(times, all).stream().flatMap(List::stream).toList();
    }
    Collections.shuffle(all, new Random(seed));
    return all.subList(0, Math.ceilDiv(all.size(), SHARE));
  }
}
