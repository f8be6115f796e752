/**
 * Reads what providers say about the usage of a call, each in its own way of counting, into
 * disjoint kinds of quantities. Plain Java: bodies come as trees of maps, lists, texts and numbers.
 */
@NullMarked
package dev.meterbook.kernel.usage;

import org.jspecify.annotations.NullMarked;
