package io.scorebook.catalog.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/// Brings objects of moderate size whole before anyone reads of them, so that one that was cut or
/// harmed on its way is asked for again, as often as any other request that fails.
///
/// Iceberg asks for `bytes=0-` where it wants an object from its beginning; without the range the
/// store sends the checksum that it keeps, and the client looks at it. A tag that is an MD5 is
/// compared here: stores that keep no other checksum have that one.
///
/// Every client of S3 in the process has it, also one that a REST catalog makes by itself: the SDK
/// finds its name in `execution.interceptors`.
public final class WholeObjects implements ExecutionInterceptor {
  private static final long MOST = 32 << 20;
  private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return context.request() instanceof GetObjectRequest get && "bytes=0-".equals(get.range())
        ? get.toBuilder().range(null).build()
        : context.request();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    OptionalLong length = length(response);
    if (!(context.request() instanceof GetObjectRequest get)
        || get.range() != null
        || response.statusCode() != 200
        || context.responseBody().isEmpty()
        || length.isEmpty()
        || length.getAsLong() > MOST) {
      return context.responseBody();
    }
    String location = "s3://%s/%s".formatted(get.bucket(), get.key());
    try (InputStream in = context.responseBody().get()) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != length.getAsLong()) {
        throw new IOException(
            "the connection broke after %d of %d bytes"
                .formatted(bytes.length, length.getAsLong()));
      }
      Optional<String> md5 = md5(response);
      if (md5.isPresent() && !md5.get().equals(md5(bytes))) {
        throw new CorruptObject(location);
      }
      return Optional.of(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw RetryableException.create("Cannot read %s: %s".formatted(location, e.getMessage()), e);
    }
  }

  private static OptionalLong length(SdkHttpResponse response) {
    return response
        .firstMatchingHeader("Content-Length")
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  /// The tag of an object that was uploaded in one piece; the tags of encrypted ones are no MD5.
  private static Optional<String> md5(SdkHttpResponse response) {
    boolean plain =
        response
                .firstMatchingHeader("x-amz-server-side-encryption")
                .filter(by -> !by.equals("AES256"))
                .isEmpty()
            && response
                .firstMatchingHeader("x-amz-server-side-encryption-customer-algorithm")
                .isEmpty();
    return plain
        ? response
            .firstMatchingHeader("ETag")
            .map(MD5::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> matcher.group(1))
        : Optional.empty();
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find MD5", e);
    }
  }
}
