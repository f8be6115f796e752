/** The question before each call whether it may be made, and what is held for it. */
@NullMarked
package dev.meterbook.budget.application.admission;

import org.jspecify.annotations.NullMarked;
