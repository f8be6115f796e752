/** The portal: pages of a tenant and the console of the billing team. */
@NullMarked
package dev.meterbook.gateway.portal;

import org.jspecify.annotations.NullMarked;
