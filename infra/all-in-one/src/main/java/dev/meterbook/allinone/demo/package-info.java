/**
 * The demo: an operator with tenants, a workload played through the public contracts, and the
 * checks of what came out.
 */
@NullMarked
package dev.meterbook.allinone.demo;

import org.jspecify.annotations.NullMarked;
