package io.scorebook.semantic.plan;

/// How many different ones a group needs for a metric to have a value in it.
///
/// @param of the field that tells them apart, as `dataset.field`
public record GroupSize(int atLeast, String of) {}
