package io.scorebook.catalog.policy;

import io.scorebook.documents.Location;

/// That a metric has no value for a group of few.
///
/// @param atLeast how many different ones a group needs
/// @param of the field that tells them apart, as `dataset.field`
/// @param except who is told all the same
public record GroupSizeRule(
    String metric, int atLeast, String of, Audience except, Location location) {}
