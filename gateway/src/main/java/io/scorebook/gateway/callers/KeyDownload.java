package io.scorebook.gateway.callers;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/// Fetches the keys of an issuer from the one place that the settings name: no redirect leads
/// elsewhere, and a server that says too much or too little ends it.
final class KeyDownload extends DefaultResourceRetriever {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int MOST_BYTES = 256 * 1024;

  KeyDownload() {
    super(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
  }

  @Override
  protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
    HttpURLConnection connection = super.openHTTPConnection(url);
    connection.setInstanceFollowRedirects(false);
    return connection;
  }
}
