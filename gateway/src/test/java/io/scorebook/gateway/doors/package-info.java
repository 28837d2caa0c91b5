/// The same questions at every door.
///
/// Open [io.scorebook.gateway.doors.DoorsTest] first, then [io.scorebook.gateway.doors.TestedDoor].
@NullMarked
package io.scorebook.gateway.doors;

import org.jspecify.annotations.NullMarked;
