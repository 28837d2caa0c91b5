package io.scorebook.gateway.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.scorebook.gateway.wire.Format;
import io.scorebook.gateway.wire.ProblemForm;
import jakarta.inject.Singleton;
import java.util.Locale;

/// Which answers are compressed for who accepts it, by gzip, deflate or Zstandard: texts that are
/// not short. Files and streams of other formats are compressed already.
@Singleton
@Replaces(HttpCompressionStrategy.class)
final class Compressing implements HttpCompressionStrategy {
  private static final int SHORT = 1024;
  private static final int ZSTD_AT_ONCE = 32 << 20;

  @Override
  public boolean shouldCompress(HttpResponse response) {
    int length = response.headers().getInt(HttpHeaderNames.CONTENT_LENGTH, Integer.MAX_VALUE);
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    String plain = type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    return length >= SHORT
        && (plain.startsWith("text/")
            || plain.equals(ProblemForm.MEDIA_TYPE)
            || Format.ofMediaType(plain).filter(Format::isText).isPresent());
  }

  /// Little work for most of the gain.
  @Override
  public int getCompressionLevel() {
    return 3;
  }

  @Override
  public int getMaxZstdEncodeSize() {
    return ZSTD_AT_ONCE;
  }
}
