package io.scorebook.catalog.load;

/// What came of a load: all was published in one commit, or nothing was changed.
public sealed interface LoadResult permits LoadReport, LoadRefused {}
