/// The same platform on the store in this process and on a real one in a container: read
/// [io.scorebook.gateway.containers.WarehouseContract] first. Classes called `...ContainerTest` run
/// only where a container engine answers (`./scorebook test` finds out).
@NullMarked
package io.scorebook.gateway.containers;

import org.jspecify.annotations.NullMarked;
