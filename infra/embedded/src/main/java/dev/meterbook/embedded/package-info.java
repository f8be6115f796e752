/** A real PostgreSQL and a real Redis as child processes of this JVM. */
@NullMarked
package dev.meterbook.embedded;

import org.jspecify.annotations.NullMarked;
