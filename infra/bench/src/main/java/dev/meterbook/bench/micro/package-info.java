/** Benchmarks of the pure parts of the path of a call: no database, no network, one thread. */
@NullMarked
package dev.meterbook.bench.micro;

import org.jspecify.annotations.NullMarked;
