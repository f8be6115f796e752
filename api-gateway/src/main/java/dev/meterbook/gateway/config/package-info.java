/** Settings, and how the parts of the gateway are put together. */
@NullMarked
package dev.meterbook.gateway.config;

import org.jspecify.annotations.NullMarked;
