/** The HTTP edge: transcoding, documentation, errors, security headers. */
@NullMarked
package dev.meterbook.gateway.http;

import org.jspecify.annotations.NullMarked;
