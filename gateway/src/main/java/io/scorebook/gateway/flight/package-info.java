/// Arrow Flight SQL, on a port of its own: the door of ADBC, of the Flight SQL JDBC driver, and of
/// whoever wants answers as Arrow's record batches. Open [io.scorebook.gateway.flight.FlightDoor]
/// first, then [io.scorebook.gateway.flight.Service].
@NullMarked
package io.scorebook.gateway.flight;

import org.jspecify.annotations.NullMarked;
