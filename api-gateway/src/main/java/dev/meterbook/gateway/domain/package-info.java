/** What pages show: amounts, shares and periods. Plain Java, exact numbers. */
@NullMarked
package dev.meterbook.gateway.domain;

import org.jspecify.annotations.NullMarked;
