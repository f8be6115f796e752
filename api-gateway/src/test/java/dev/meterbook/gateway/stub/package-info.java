/** The other services as tests of the gateway need them: real servers with a few fixed answers. */
@NullMarked
package dev.meterbook.gateway.stub;

import org.jspecify.annotations.NullMarked;
