/**
 * The directory's entries as Axon aggregates: shells around the domain, and how facts are stored.
 */
@NullMarked
package dev.meterbook.allocation.axon;

import org.jspecify.annotations.NullMarked;
