package io.scorebook.catalog.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.ByteBufferInputStream;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.util.SerializableSupplier;
import software.amazon.awssdk.services.s3.S3Client;

/// Iceberg's access to S3, which hands out no data file before its end without having compared it
/// with the digest in its name, and does not try for minutes where the store fails.
public final class CheckedS3 extends S3FileIO {
  private static final long serialVersionUID = 1L;

  /// For catalogs that make their own access by the name of this class.
  public CheckedS3() {}

  CheckedS3(SerializableSupplier<S3Client> client) {
    super(client);
  }

  /// With each upload goes a digest, by which the store refuses what was harmed on the way.
  @Override
  public void initialize(Map<String, String> properties) {
    var all = new HashMap<>(properties);
    all.putIfAbsent("s3.checksum-enabled", "true");
    super.initialize(all);
  }

  @Override
  public InputFile newInputFile(String path) {
    return checked(super.newInputFile(path));
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return checked(super.newInputFile(path, length));
  }

  private static InputFile checked(InputFile file) {
    Optional<String> digest = ContentDigest.inName(file.location());
    return digest.isPresent()
        ? new Checked(file, digest.get())
        : file.location().endsWith(".metadata.json") ? new TriedOnce(file) : file;
  }

  private record Checked(InputFile file, String digest) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      return new CheckedStream(file, digest);
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }

  /// The store's failure, after the client has tried as often as it does. Iceberg reads a table's
  /// metadata up to twenty times, over minutes, unless it is told that the file is not there.
  static final class GaveUp extends NotFoundException {
    private static final long serialVersionUID = 1L;

    GaveUp(String location, Throwable cause) {
      super(cause, "Cannot read %s", location);
    }
  }

  private record TriedOnce(InputFile file) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      try (SeekableInputStream in = file.newStream()) {
        return ByteBufferInputStream.wrap(ByteBuffer.wrap(in.readAllBytes()));
      } catch (IOException | RuntimeException e) {
        throw new GaveUp(file.location(), e);
      }
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }
}
