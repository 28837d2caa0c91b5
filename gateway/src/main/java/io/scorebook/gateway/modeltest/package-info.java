/// The tests that ship with a model, `tests/*.yaml` in a domain's folder: rows in, a question, the
/// answer or the refusal that is expected. Open [io.scorebook.gateway.modeltest.MetricTests] first.
@NullMarked
package io.scorebook.gateway.modeltest;

import org.jspecify.annotations.NullMarked;
