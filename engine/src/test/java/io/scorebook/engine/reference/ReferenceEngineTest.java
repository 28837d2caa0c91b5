package io.scorebook.engine.reference;

import io.scorebook.engine.answer.Engine;
import io.scorebook.engine.answer.EngineContract;
import java.nio.file.Path;

final class ReferenceEngineTest extends EngineContract {
  @Override
  protected Engine open(Path folder) {
    return new ReferenceEngine();
  }
}
