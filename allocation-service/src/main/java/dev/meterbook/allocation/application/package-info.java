/** What the adapters ask of this service: changes of the directory, questions about costs. */
@NullMarked
package dev.meterbook.allocation.application;

import org.jspecify.annotations.NullMarked;
