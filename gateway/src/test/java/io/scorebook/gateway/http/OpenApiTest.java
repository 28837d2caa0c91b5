package io.scorebook.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import io.scorebook.gateway.callers.Doorkeeper;
import io.scorebook.gateway.reading.Reader;
import io.scorebook.gateway.reading.Seal;
import io.scorebook.gateway.session.Desk;
import io.scorebook.gateway.session.FakeBackend;
import io.scorebook.gateway.session.Token;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// The description of the API is OpenAPI 3.1, and describes what there is.
class OpenApiTest {
  private static String text() throws java.io.IOException {
    try (var in = OpenApiTest.class.getResourceAsStream("/openapi.json")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(),
          java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void isOpenApi31() throws Exception {
    var options = new ParseOptions();
    options.setResolve(true);
    var result = new OpenAPIV3Parser().readContents(text(), null, options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.1");
  }

  /// What the filters of all doors under `/v1` may do to any request.
  @Test
  void everyOperationTellsOfRefusedCallersAndOfLimits() throws Exception {
    var api = new OpenAPIV3Parser().readContents(text(), null, null).getOpenAPI();
    api.getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) -> {
                  if (path.startsWith("/v1/")) {
                    var responses = operation.getResponses();
                    String what = method + " " + path;
                    assertThat(responses).as(what).containsKeys("200", "401", "403", "503");
                    assertThat(responses.get("200"))
                        .as(what)
                        .extracting(ApiResponse::getHeaders)
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsKeys("RateLimit-Policy", "RateLimit");
                    assertThat(responses.get("401"))
                        .as(what)
                        .extracting(ApiResponse::getHeaders)
                        .asInstanceOf(InstanceOfAssertFactories.MAP)
                        .containsKey("WWW-Authenticate");
                  }
                }));
  }

  @Test
  void describesEveryRouteAndNoOther() throws Exception {
    var described = new TreeSet<String>();
    new OpenAPIV3Parser()
        .readContents(text(), null, null)
        .getOpenAPI()
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .keySet()
                .forEach(method -> described.add(method + " " + path)));
    var desk = new Desk(new FakeBackend(), Desk.Allowance.DEFAULT);
    try (var context =
        ApplicationContext.builder()
            .singletons(
                desk, Doorkeeper.of(Token.of(Door.TOKEN)), new Reader(desk, Seal.of("secret")))
            .start()) {
      var there =
          context
              .getBean(Router.class)
              .uriRoutes()
              .map(route ->
                  route.getHttpMethod().name().toUpperCase(Locale.ROOT)
                      + " "
                      + route.getUriMatchTemplate())
              .filter(route -> !route.endsWith("/jdbc") && !route.startsWith("HEAD"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(described).isEqualTo(there);
    }
  }
}
