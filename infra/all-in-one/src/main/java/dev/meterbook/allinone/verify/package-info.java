/**
 * Recomputes what the stored data claim: hash chains, the balance of the book, and that every call
 * was rated once.
 */
@NullMarked
package dev.meterbook.allinone.verify;

import org.jspecify.annotations.NullMarked;
