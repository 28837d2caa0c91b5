package io.scorebook.semantic.imports;

/// A file to import.
///
/// @param name how the report calls it
public record SourceDocument(String name, String text) {}
