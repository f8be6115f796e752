/** Who calls: API keys, their scopes, and the tenant that a call acts for. */
@NullMarked
package dev.meterbook.platform.security;

import org.jspecify.annotations.NullMarked;
