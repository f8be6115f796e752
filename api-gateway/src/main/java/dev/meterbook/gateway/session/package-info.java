/** Sign-in of people: sessions in Redis, throttling, tokens against forged forms. */
@NullMarked
package dev.meterbook.gateway.session;

import org.jspecify.annotations.NullMarked;
