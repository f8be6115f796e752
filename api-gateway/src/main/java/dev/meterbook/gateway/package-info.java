/**
 * The gateway: HTTP/JSON, API keys, sign-in, the portal of a tenant and the billing team's console.
 */
@NullMarked
package dev.meterbook.gateway;

import org.jspecify.annotations.NullMarked;
