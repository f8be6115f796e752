/** The other services as the portal sees them: questions and plain answers. */
@NullMarked
package dev.meterbook.gateway.backend;

import org.jspecify.annotations.NullMarked;
