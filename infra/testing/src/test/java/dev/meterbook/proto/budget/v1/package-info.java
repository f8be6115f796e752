/** Stands for generated messages. */
@NullMarked
package dev.meterbook.proto.budget.v1;

import org.jspecify.annotations.NullMarked;
