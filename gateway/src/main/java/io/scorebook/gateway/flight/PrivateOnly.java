package io.scorebook.gateway.flight;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;

/// Takes no secret from a connection that others can listen to: only over TLS, or from this very
/// machine.
final class PrivateOnly implements ServerInterceptor {

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    boolean isPrivate =
        call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION) != null
            || (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
                    instanceof InetSocketAddress client
                && client.getAddress() != null
                && client.getAddress().isLoopbackAddress());
    if (isPrivate) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "Cannot take a token in the clear: the gateway must be started with --flight-tls-cert"
                + " and --flight-tls-key, and the client must speak TLS"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
