/** Cost and charge per customer, tenant, user and cost center, and the directory of them. */
@NullMarked
package dev.meterbook.allocation;

import org.jspecify.annotations.NullMarked;
