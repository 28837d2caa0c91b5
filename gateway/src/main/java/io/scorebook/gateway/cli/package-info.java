/// The command line: one class a command.
///
/// Open [io.scorebook.gateway.cli.Main] first.
@NullMarked
package io.scorebook.gateway.cli;

import org.jspecify.annotations.NullMarked;
