package io.scorebook.gateway.doors;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// PostgreSQL's protocol byte by byte, for what no driver would do.
final class Wire implements AutoCloseable {
  private static final int VERSION = 3 << 16;
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  /// A message of the server.
  record Message(char type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// SQLSTATE of an error.
    String state() {
      int at = text().indexOf("\0C") + 2;
      return text().substring(at, at + 5);
    }
  }

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /// Connects, and says nothing.
  static Wire connect(String url) throws IOException {
    URI door = URI.create(url);
    return new Wire(new Socket(door.getHost(), door.getPort()));
  }

  /// Connects with so little room for what comes that the server soon waits.
  static Wire narrow(String url) throws IOException {
    URI door = URI.create(url);
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress(door.getHost(), door.getPort()));
    return new Wire(socket);
  }

  /// Says who it is, and reads the first answer.
  Message hello(String user) throws IOException {
    return hello(VERSION, "user", user);
  }

  /// As above, in a version of the protocol and with options, each a name and its value.
  Message hello(int version, String... options) throws IOException {
    byte[] bytes = (String.join("\0", options) + "\0\0").getBytes(StandardCharsets.UTF_8);
    out.writeInt(8 + bytes.length);
    out.writeInt(version);
    out.write(bytes);
    return read();
  }

  /// Logs in, up to the first `ReadyForQuery`.
  Wire login(String user, String password) throws IOException {
    hello(user);
    return proves(password);
  }

  /// As above, where it has said who it is.
  Wire proves(String password) throws IOException {
    String bare = "n=,r=nonce";
    send('p', text("SCRAM-SHA-256"), sized("n,," + bare));
    String first = read().text().substring(4);
    String[] parts = first.split(",");
    String last = "c=biws," + parts[0];
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(
                      password.toCharArray(),
                      Base64.getDecoder().decode(parts[1].substring(2)),
                      Integer.parseInt(parts[2].substring(2)),
                      256))
              .getEncoded();
      byte[] key = mac(salted, "Client Key");
      byte[] stored = MessageDigest.getInstance("SHA-256").digest(key);
      byte[] signature = mac(stored, bare + "," + first + "," + last);
      for (int i = 0; i < key.length; i++) {
        key[i] ^= signature[i];
      }
      send(
          'p',
          (last + ",p=" + Base64.getEncoder().encodeToString(key))
              .getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    readUntil('Z');
    return this;
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] text(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sized(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return java.nio.ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  /// Sends a message.
  void send(char type, byte[]... parts) throws IOException {
    var body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.write(part);
    }
    var message = new ByteArrayOutputStream();
    var form = new DataOutputStream(message);
    form.writeByte(type);
    form.writeInt(body.size() + 4);
    body.writeTo(form);
    raw(message.toByteArray());
  }

  /// A statement to be prepared, with the types of its parameters.
  Wire parse(String name, String sql, int... types) throws IOException {
    var form = java.nio.ByteBuffer.allocate(2 + 4 * types.length).putShort((short) types.length);
    for (int type : types) {
      form.putInt(type);
    }
    send('P', text(name), text(sql), form.array());
    return this;
  }

  /// A portal of a statement, with values as texts.
  Wire bind(String portal, String statement, String... values) throws IOException {
    var form = new ByteArrayOutputStream();
    var data = new DataOutputStream(form);
    data.writeShort(0);
    data.writeShort(values.length);
    for (String value : values) {
      data.write(sized(value));
    }
    data.writeShort(0);
    send('B', text(portal), text(statement), form.toByteArray());
    return this;
  }

  Wire execute(String portal, int most) throws IOException {
    send('E', text(portal), java.nio.ByteBuffer.allocate(4).putInt(most).array());
    return this;
  }

  Wire sync() throws IOException {
    send('S');
    return this;
  }

  Wire query(String sql) throws IOException {
    send('Q', text(sql));
    return this;
  }

  /// All messages up to `ReadyForQuery`, in short: the types, of rows their first value, of ends
  /// the tag, of errors the SQLSTATE, and the state of the transaction.
  String brief() throws IOException {
    var brief = new StringBuilder();
    Message message = read();
    while (message.type() != 'Z') {
      brief.append(brief(message)).append(' ');
      message = read();
    }
    return brief.append(message.text()).toString();
  }

  static String brief(Message message) {
    return switch (message.type()) {
      case 'D' -> {
        var row = java.nio.ByteBuffer.wrap(message.body());
        row.getShort();
        byte[] first = new byte[Math.max(0, row.getInt())];
        row.get(first);
        yield "D:" + new String(first, StandardCharsets.UTF_8);
      }
      case 'C' -> "C:" + message.text().replace("\0", "").replace(' ', '_');
      case 'E' -> "E:" + message.state();
      default -> String.valueOf(message.type());
    };
  }

  /// Sends bytes as they are.
  void raw(byte... bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  Message read() throws IOException {
    char type = (char) in.readUnsignedByte();
    return new Message(type, in.readNBytes(in.readInt() - 4));
  }

  /// The first message of a type.
  Message readUntil(char type) throws IOException {
    Message message = read();
    while (message.type() != type) {
      message = read();
    }
    return message;
  }

  /// Whether the server ends the connection, whatever it says before.
  boolean ends() throws IOException {
    try {
      in.readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (java.net.SocketException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
