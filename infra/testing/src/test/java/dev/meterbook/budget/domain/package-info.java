/** A sample that breaks the rules of a domain package. */
@NullMarked
package dev.meterbook.budget.domain;

import org.jspecify.annotations.NullMarked;
