/** HTTP/JSON for every unary rpc, by the annotations {@code google.api.http} of the contracts. */
@NullMarked
package dev.meterbook.gateway.transcoding;

import org.jspecify.annotations.NullMarked;
