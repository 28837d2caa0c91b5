package io.scorebook.gateway.flight;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.scorebook.gateway.session.ErrorCode;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes no secret from a connection that others can listen to: only over TLS, or from this very
/// machine. It looks at connections before Flight reads a header, which gRPC's interceptors do not:
/// Flight's own runs first, and would answer a password by a bearer, in the clear.
final class PrivateOnly extends ServerStreamTracer.Factory {
  private static final Context.Key<AtomicBoolean> PRIVATE = Context.key("scorebook.private");

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    var known = new AtomicBoolean();
    return new ServerStreamTracer() {
      @Override
      public Context filterContext(Context context) {
        return context.withValue(PRIVATE, known);
      }

      @Override
      public void serverCallStarted(ServerCallInfo<?, ?> call) {
        known.set(
            call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION) != null
                || (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
                        instanceof InetSocketAddress client
                    && client.getAddress() != null
                    && client.getAddress().isLoopbackAddress()));
      }
    };
  }

  /// To be called before anything of a call is read.
  ///
  /// @throws org.apache.arrow.flight.FlightRuntimeException where others can listen to it
  static void require() {
    AtomicBoolean known = PRIVATE.get();
    if (known == null || !known.get()) {
      throw Refusals.of(
          ErrorCode.UNAUTHORIZED,
          "Cannot take a token in the clear: the gateway must be started with --flight-tls-cert"
              + " and --flight-tls-key, and the client must speak TLS");
    }
  }
}
