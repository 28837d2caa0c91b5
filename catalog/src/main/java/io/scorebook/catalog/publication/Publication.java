package io.scorebook.catalog.publication;

import java.time.Instant;
import java.util.List;

/// What was published of a domain at one time, and what stands since.
///
/// @param number counted over all domains, from 1
/// @param id unique, to find a publication again whose commit nobody is sure of
/// @param hash `sha256:` and the digest of the documents
/// @param publisher the name of who published
/// @param versions every version of a product that the domain has, also those of before
public record Publication(
    long number,
    String id,
    String domain,
    String hash,
    String publisher,
    Instant at,
    List<PublishedVersion> versions) {

  public Publication {
    versions = List.copyOf(versions);
  }

  /// A document of the domain's folder.
  ///
  /// @param path below the folder, with slashes
  public record Document(String path, String text) {}

  /// The contract that a port of a version came with, generated when it was published.
  ///
  /// @param text a document of the Open Data Contract Standard, as JSON
  public record PortContract(String product, String version, String port, String text) {}
}
