package io.scorebook.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.SeekableInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objects that were harmed where they lie: none is given out as if it were right.
final class CheckedS3Test {
  @TempDir Path folder;

  private final byte[] bytes = new byte[300_000];

  @SuppressWarnings("NullAway.Init") // set before each test
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    new Random(7).nextBytes(bytes);
    warehouse = Warehouse.open(WarehouseSettings.embedded(folder.resolve("home")));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private String write(String name) throws IOException {
    String location = "s3://warehouse/tables/" + name;
    try (OutputStream out = warehouse.io().newOutputFile(location).create()) {
      out.write(bytes);
    }
    return location;
  }

  private String named() throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    return write("data-%s.parquet".formatted(ContentDigest.of(file)));
  }

  /// Changes one byte of the object in the store's folder.
  private void harm(String location) throws IOException {
    String name = location.substring(location.lastIndexOf('/') + 1);
    try (Stream<Path> files = Files.walk(folder.resolve("home/objects"))) {
      Path object =
          files.filter(f -> f.getFileName().toString().equals(name)).findFirst().orElseThrow();
      byte[] other = bytes.clone();
      other[150_000] ^= 1;
      try (var out = Files.newByteChannel(object, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(other));
      }
    }
  }

  private byte[] all(String location) throws IOException {
    try (SeekableInputStream in = warehouse.io().newInputFile(location).newStream()) {
      return in.readAllBytes();
    }
  }

  private byte[] some(String location, int from, int length) throws IOException {
    try (SeekableInputStream in = warehouse.io().newInputFile(location).newStream()) {
      in.seek(from);
      return in.readNBytes(length);
    }
  }

  @Test
  void givesWhatIsRight() throws IOException {
    String location = named();
    assertThat(all(location)).isEqualTo(bytes);
    assertThat(some(location, 299_990, 100)).isEqualTo(Arrays.copyOfRange(bytes, 299_990, 300_000));
    assertThat(some(location, 5, 3)).isEqualTo(Arrays.copyOfRange(bytes, 5, 8));
    try (SeekableInputStream in = warehouse.io().newInputFile(location).newStream()) {
      assertThat(in.read()).isEqualTo(bytes[0] & 0xff);
      in.seek(1000);
      assertThat(in.getPos()).isEqualTo(1000);
      assertThat(in.read()).isEqualTo(bytes[1000] & 0xff);
      in.seek(0);
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void givesNoByteOfAHarmedDataFileOutOfOrder() throws IOException {
    String location = named();
    harm(location);
    assertThatThrownBy(() -> some(location, 5, 3)).hasStackTraceContaining("Cannot trust");
    assertThatThrownBy(() -> all(location)).hasStackTraceContaining("Cannot trust");
  }

  @Test
  void givesNoHarmedMetadata() throws IOException {
    String location = write("snap-1.avro");
    assertThat(all(location)).isEqualTo(bytes);
    harm(location);
    assertThatThrownBy(() -> all(location)).hasStackTraceContaining("Cannot trust");
  }

  /// A REST catalog makes its own access, by the name of the class and with properties.
  @Test
  void givesNoHarmedMetadataToACatalogThatMakesItsOwnAccess() throws IOException {
    String location = write("snap-2.avro");
    harm(location);
    try (var store = EmbeddedObjectStore.start(folder.resolve("home/objects"));
        var io = new CheckedS3()) {
      io.initialize(
          Map.of(
              "client.region", "us-east-1",
              "s3.endpoint", store.endpoint().toString(),
              "s3.path-style-access", "true",
              "s3.access-key-id", store.keys().accessKeyId(),
              "s3.secret-access-key", store.keys().secretAccessKey()));
      assertThatThrownBy(
              () -> {
                try (SeekableInputStream in = io.newInputFile(location).newStream()) {
                  var unused = in.readAllBytes();
                }
              })
          .hasStackTraceContaining("Cannot trust");
    }
  }

  /// Iceberg tries a table's metadata for minutes, unless it is told that it is not there.
  @Test
  void failsAtOnceWhereATablesMetadataCannotBeRead() throws IOException {
    String location = write("00000.metadata.json");
    harm(location);
    assertThatThrownBy(() -> all(location)).isInstanceOf(NotFoundException.class);
    StoreException told =
        StoreFailures.translate(
            "open", new CheckedS3.GaveUp(location, new CorruptObject(location)));
    assertThat(told.kind()).isEqualTo(StoreException.Kind.OBJECT_CORRUPT);
  }
}
