/** A sample that breaks the rules of an application package. */
@NullMarked
package dev.meterbook.budget.application;

import org.jspecify.annotations.NullMarked;
