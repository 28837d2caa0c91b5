package io.scorebook.gateway.containers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/// Iceberg's own REST catalog as its tests have it, over a database of its own, behind a door that
/// asks for a token and fails where it is told to.
final class RestCatalogServer implements AutoCloseable {
  static final String TOKEN = "a-token+of/tests==";

  /// The status of a connection that is cut.
  static final int CUT = 0;

  private final JdbcCatalog tables;
  private final Server server = new Server(0);
  private final URI uri;
  private volatile Optional<Fault> fault = Optional.empty();

  /// @param status what is answered, or [#CUT]
  /// @param heard whether the catalog does what it is asked before the answer is lost
  /// @param which the requests that it befalls
  record Fault(int status, boolean heard, Predicate<HttpServletRequest> which) {}

  /// @param database the file that it keeps its tables in
  /// @param store what S3FileIO needs to reach the objects
  RestCatalogServer(Path database, String warehouse, Map<String, String> store) {
    tables = new JdbcCatalog(_ -> s3(store), null, true);
    tables.initialize(
        "server",
        Map.of(
            "uri",
            "jdbc:sqlite:" + database,
            "jdbc.schema-version",
            "V1",
            "jdbc.busy_timeout",
            "30000",
            "warehouse",
            warehouse));
    var context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(tables))), "/*");
    Filter door =
        (request, response, next) ->
            enter((HttpServletRequest) request, (HttpServletResponse) response, next);
    context.addFilter(new FilterHolder(door), "/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    try {
      server.start();
      uri = URI.create("http://127.0.0.1:" + server.getURI().getPort());
    } catch (Exception e) {
      throw new IllegalStateException("Cannot start the REST catalog", e);
    }
  }

  private static S3FileIO s3(Map<String, String> properties) {
    var io = new S3FileIO();
    io.initialize(properties);
    return io;
  }

  URI uri() {
    return uri;
  }

  void fail(Fault wanted) {
    fault = Optional.of(wanted);
  }

  void work() {
    fault = Optional.empty();
  }

  private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
      throws IOException, ServletException {
    Optional<Fault> now = fault.filter(it -> it.which().test(request));
    if (now.isPresent()) {
      if (now.get().heard()) {
        next.doFilter(request, new Unheard(response));
      }
      answer(now.get().status(), request, response);
    } else if (("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
      next.doFilter(request, response);
    } else {
      answer(401, request, response);
    }
  }

  private static void answer(int status, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (status == CUT) {
      ServletContextRequest.getServletContextRequest(request)
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
      return;
    }
    response.setStatus(status);
    response.setContentType("application/json");
    response
        .getWriter()
        .write(
            "{\"error\":{\"message\":\"told to fail\",\"type\":\"Told\",\"code\":%d}}"
                .formatted(status));
  }

  /// An answer that reaches nobody.
  private static final class Unheard extends HttpServletResponseWrapper {
    Unheard(HttpServletResponse response) {
      super(response);
    }

    @Override
    public PrintWriter getWriter() {
      return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public void setStatus(int status) {}
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot stop the REST catalog", e);
    } finally {
      tables.close();
    }
  }
}
