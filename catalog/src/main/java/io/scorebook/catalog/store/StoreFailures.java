package io.scorebook.catalog.store;

import io.scorebook.catalog.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Turns what the libraries throw into [StoreException]s, in this one place.
public final class StoreFailures {
  private StoreFailures() {}

  /// Does something with the store or the catalog; `doing` continues the message "Cannot ...".
  public static <T> T attempt(String doing, Supplier<T> action) {
    try {
      return action.get();
    } catch (StoreException | IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw translate(doing, e);
    }
  }

  /// The exception to throw for a failure; `doing` continues the message "Cannot ...".
  public static StoreException translate(String doing, Exception failure) {
    if (failure instanceof StoreException already) {
      return already;
    }
    Found found = find(failure);
    return found == null
        ? new StoreException(
            Kind.FAILED, "Cannot %s: %s".formatted(doing, firstLine(failure)), failure)
        : new StoreException(
            found.kind,
            "Cannot %s: %s".formatted(doing, explain(found.kind, found.cause)),
            failure);
  }

  /// Why something failed, in words that continue a message after its colon.
  public static String reason(Throwable failure) {
    Found found = find(failure);
    return found == null ? firstLine(failure) : explain(found.kind, found.cause);
  }

  private record Found(Kind kind, Throwable cause) {}

  private static @Nullable Found find(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      Kind kind = kind(cause);
      if (kind != null) {
        return new Found(kind, cause);
      }
    }
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof SdkClientException) { // broken on the way, in one of many ways
        return new Found(Kind.STORE_AWAY, cause);
      }
    }
    return null;
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static @Nullable Kind kind(Throwable cause) {
    return switch (cause) {
      case CommitStateUnknownException _ -> Kind.STATE_UNKNOWN;
      case CommitFailedException _ -> Kind.CONFLICT;
      case AlreadyExistsException _ -> Kind.CONFLICT;
      case NoSuchTableException _ -> Kind.NOT_FOUND;
      case NoSuchNamespaceException _ -> Kind.NOT_FOUND;
      case NoSuchKeyException _ -> Kind.OBJECT_MISSING;
      case CheckedS3.GaveUp _ -> null; // its cause says why
      case NotFoundException _ -> Kind.OBJECT_MISSING;
      case S3Exception s3 -> ofStatus(s3.statusCode());
      case SQLException sql -> isLocked(sql) ? Kind.CATALOG_LOCKED : Kind.CATALOG_AWAY;
      case NotAuthorizedException _ -> Kind.CATALOG_REFUSES;
      case ForbiddenException _ -> Kind.CATALOG_REFUSES;
      case BadRequestException _ -> Kind.FAILED;
      case UnprocessableEntityException _ -> Kind.FAILED;
      case RESTException _ -> Kind.CATALOG_AWAY;
      case ConnectException _ -> Kind.STORE_AWAY;
      case UnknownHostException _ -> Kind.STORE_AWAY;
      case SocketTimeoutException _ -> Kind.STORE_AWAY;
      case SSLException _ -> Kind.STORE_REFUSES;
      case SdkClientException client when isAboutKeys(client) -> Kind.STORE_REFUSES;
      case SdkClientException client when client.getCause() == null -> Kind.STORE_AWAY;
      case SocketException _ -> Kind.STORE_AWAY;
      case CorruptObject _ -> Kind.OBJECT_CORRUPT;
      case IOException io when saysFull(io) -> Kind.STORE_FULL;
      case UncheckedIOException io when saysFull(io) -> Kind.STORE_FULL;
      default -> null;
    };
  }

  private static Kind ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> Kind.STORE_REFUSES;
      case 404 -> Kind.OBJECT_MISSING;
      case 507 -> Kind.STORE_FULL;
      default -> status >= 500 ? Kind.STORE_AWAY : Kind.FAILED;
    };
  }

  private static String explain(Kind kind, Throwable cause) {
    String detail = firstLine(cause);
    return switch (kind) {
      case STORE_AWAY -> "the object store does not answer (%s)".formatted(detail);
      case STORE_REFUSES -> refusal(cause, detail);
      case STORE_FULL -> "the object store is full (%s)".formatted(detail);
      case OBJECT_MISSING -> "an object is missing (%s)".formatted(detail);
      case OBJECT_CORRUPT -> detail;
      case CATALOG_AWAY ->
          cause instanceof RESTException
              ? "the REST catalog fails (%s)".formatted(rest(cause, detail))
              : "the catalog's database fails (%s)".formatted(detail);
      case CATALOG_REFUSES ->
          "the REST catalog refuses; check the credential or token, and its rights (%s)"
              .formatted(detail);
      case CATALOG_LOCKED -> "another process holds the catalog (%s)".formatted(detail);
      case NOT_FOUND -> detail;
      case CONFLICT -> "it was changed at the same time by another (%s)".formatted(detail);
      case STATE_UNKNOWN -> "nobody can tell whether the commit happened (%s)".formatted(detail);
      case UNSUPPORTED, FAILED -> detail;
    };
  }

  private static String refusal(Throwable cause, String detail) {
    return cause instanceof SSLException
        ? ("the object store cannot be trusted; name the file of its authority with --s3-ca, or mend"
                + " its certificate (%s)")
            .formatted(detail)
        : "the object store refuses; check keys and rights (%s)".formatted(detail);
  }

  /// Where nothing answered, Iceberg says no more than that it asked.
  private static String rest(Throwable failure, String detail) {
    return failure.getCause() == null ? detail : detail + ": " + firstLine(failure.getCause());
  }

  private static boolean isLocked(SQLException failure) {
    String text = String.valueOf(failure.getMessage()).toUpperCase(Locale.ROOT);
    return text.contains("SQLITE_BUSY") || text.contains("SQLITE_LOCKED");
  }

  private static boolean isAboutKeys(SdkClientException failure) {
    return String.valueOf(failure.getMessage()).contains("credentials");
  }

  private static boolean saysFull(Exception failure) {
    String text = String.valueOf(failure.getMessage());
    return text.contains("No space left") || text.contains("quota exceeded");
  }

  private static String firstLine(Throwable failure) {
    String text = failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }
}
