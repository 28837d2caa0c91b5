package io.scorebook.gateway.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy in front of an object store that does harm to chosen calls. Each request has a
/// connection of its own; all headers that are signed go through as they are, the host above all.
final class FaultProxy implements AutoCloseable {
  private final URI store;
  private final ServerSocket server;
  private final AtomicReference<@Nullable Harm> harm = new AtomicReference<>();

  /// @param left how many calls are still to be harmed
  private record Harm(Call call, Fault fault, AtomicInteger left, AtomicInteger done) {}

  /// A message up to its body, and the body.
  private record Message(String head, byte[] body) {
    String first() {
      return head.substring(0, head.indexOf("\r\n"));
    }
  }

  FaultProxy(URI store) {
    this.store = store;
    try {
      server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// Harms the next calls of this kind.
  void harm(Call call, Fault fault, int times) {
    harm.set(new Harm(call, fault, new AtomicInteger(times), new AtomicInteger()));
  }

  /// Harms nothing any more.
  ///
  /// @return how many calls were harmed
  int heal() {
    Harm last = harm.getAndSet(null);
    return last == null ? 0 : last.done.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (Socket client = socket) {
      client.setTcpNoDelay(true);
      var in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      OutputStream out = client.getOutputStream();
      if (hasHeader(head, "expect")) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      var request = new Message(head, requestBody(head, in));
      String[] words = request.first().split(" ", 3);
      Call call = Call.of(words[0], words[1]);
      Harm now = harm.get();
      if (now != null && now.call == call && now.left.getAndDecrement() > 0) {
        now.done.incrementAndGet();
        answer(request, words[0], now.fault, out);
      } else {
        out.write(bytes(ask(request)));
      }
      out.flush();
    } catch (IOException | InterruptedException _) {
      // the client has gone, or the store: the client sees the end of its connection
    }
  }

  private void answer(Message request, String method, Fault fault, OutputStream out)
      throws IOException, InterruptedException {
    boolean sends = request.body.length > 0 && method.equals("PUT");
    switch (fault) {
      case SLOW -> {
        Thread.sleep(150);
        byte[] all = bytes(ask(request));
        int step = Math.max(1, all.length / 4);
        for (int at = 0; at < all.length; at += step) {
          out.write(all, at, Math.min(step, all.length - at));
          out.flush();
          Thread.sleep(25);
        }
      }
      case CUT -> {
        Message response = sends ? null : ask(request);
        if (response != null && response.body.length > 0) {
          byte[] all = bytes(response);
          out.write(all, 0, all.length - (response.body.length + 1) / 2);
        } // else the connection ends, and the store has seen nothing of it
      }
      case LOST_ANSWER -> ask(request);
      case CORRUPT -> {
        if (sends) {
          out.write(bytes(ask(new Message(request.head, flipped(request.body)))));
        } else {
          Message response = ask(request);
          out.write(bytes(new Message(response.head, flipped(response.body))));
        }
      }
      case STATUS_500, STATUS_503, STATUS_403, STATUS_404 ->
          out.write(bytes(error(fault.status(), method)));
    }
  }

  private static byte[] flipped(byte[] body) {
    byte[] other = body.clone();
    if (other.length > 0) {
      other[other.length / 2] ^= 0x20;
    }
    return other;
  }

  private static Message error(int status, String method) {
    String code =
        switch (status) {
          case 403 -> "AccessDenied";
          case 404 -> "NoSuchKey";
          case 503 -> "SlowDown";
          default -> "InternalError";
        };
    byte[] body =
        method.equals("HEAD")
            ? new byte[0]
            : ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code>"
                    + "<Message>made by the proxy</Message></Error>")
                .formatted(code)
                .getBytes(StandardCharsets.UTF_8);
    return new Message(
        "HTTP/1.1 %d %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, code, body.length),
        body);
  }

  /// Asks the store, on a connection that ends with the answer.
  private Message ask(Message request) throws IOException {
    try (var socket = new Socket(store.getHost(), store.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(bytes(new Message(closing(request.head), request.body)));
      out.flush();
      var in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      while (head.startsWith("HTTP/1.1 100")) {
        head = head(in);
      }
      byte[] body = in.readAllBytes();
      return new Message(closing(head), body);
    }
  }

  private static String closing(String head) {
    var lines = new StringBuilder();
    for (String line : head.split("\r\n")) {
      String name = line.toLowerCase(Locale.ROOT);
      if (!name.startsWith("connection:") && !name.startsWith("expect:")) {
        lines.append(line).append("\r\n");
      }
    }
    return lines.append("Connection: close\r\n\r\n").toString();
  }

  private static byte[] bytes(Message message) {
    byte[] head = message.head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + message.body.length);
    System.arraycopy(message.body, 0, all, head.length, message.body.length);
    return all;
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int ends = 0; // of \r\n\r\n, how much was seen
    while (ends < 4) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
      ends = b == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : b == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean hasHeader(String head, String name) {
    return head.toLowerCase(Locale.ROOT).contains("\r\n" + name + ":");
  }

  private static byte[] requestBody(String head, InputStream in) throws IOException {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
      }
      if (line.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:")) {
        throw new IllegalStateException("Cannot pass on a body of unknown length");
      }
    }
    return new byte[0];
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
