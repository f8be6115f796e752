/**
 * The description of the HTTP/JSON interface: OpenAPI and the reference page, made from the
 * contracts.
 */
@NullMarked
package dev.meterbook.gateway.openapi;

import org.jspecify.annotations.NullMarked;
