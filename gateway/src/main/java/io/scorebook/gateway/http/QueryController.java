package io.scorebook.gateway.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.scorebook.gateway.session.Ask;
import io.scorebook.gateway.wire.Format;
import io.scorebook.gateway.wire.QuestionForm;
import io.scorebook.gateway.wire.SqlForm;

/// Questions: of metrics by dimensions, and in SQL.
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class QueryController {
  private final Answering answering;

  QueryController(Answering answering) {
    this.answering = answering;
  }

  @Post("/query")
  HttpResponse<byte[]> query(HttpRequest<?> request, @Body byte[] body) {
    Format format = Negotiation.format(request);
    Ask ask = QuestionForm.read(body);
    return answering.answer(request, ask, format);
  }

  @Post("/query/explain")
  HttpResponse<?> explainQuery(HttpRequest<?> request, @Body byte[] body) {
    boolean inWords = Negotiation.wantsWords(request);
    return answering.explain(request, QuestionForm.read(body), inWords);
  }

  @Post("/sql/explain")
  HttpResponse<?> explainSql(HttpRequest<?> request, @Body byte[] body) {
    boolean inWords = Negotiation.wantsWords(request);
    return answering.explain(request, SqlForm.read(body), inWords);
  }

  @Post("/sql")
  HttpResponse<byte[]> sql(HttpRequest<?> request, @Body byte[] body) {
    Format format = Negotiation.format(request);
    Ask ask = SqlForm.read(body);
    return answering.answer(request, ask, format);
  }
}
